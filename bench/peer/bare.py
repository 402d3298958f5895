"""The bare limit: a Django project of one file that renders as many rows as the page it stands beside, and no more.

No middleware, no session, no template engine: one query, one f-string a row. Served by the same server.
"""

import os
from html import escape

from django.conf import settings

settings.configure(
    SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(os.environ["SHANGLIANG_HOME"], "shangliang.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            },
        }
    },
)  # fmt: skip

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.urls import path  # noqa: E402

LIST = """SELECT c.no, c.title, c.opened_on, c.stage, r.full_name FROM cases_case c
JOIN regions_region r ON r.id = c.region_id WHERE c.committee_id = 1 AND c.state = %s
ORDER BY c.updated_at DESC LIMIT %s"""
TIMELINE = "SELECT at, event, actor_role, why, digest FROM journal_entry WHERE case_no = %s ORDER BY seq"
PLACES = "SELECT id, name FROM regions_region WHERE level IN ('town', 'village') ORDER BY code"
VOICE = "INSERT INTO bench_bare_voice (text, region_id) VALUES (%s, %s)"


def rows(sql, *asked):
    """All rows of one query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()


def page(lines):
    """The lines in the smallest page there is."""
    return HttpResponse(f"<!doctype html><title>bare</title><ul>{''.join(lines)}</ul>")


def listed(request, number):
    """So many published cases."""
    found = rows(LIST, "published", number)
    return page(f"<li><a href='/{no}'>{escape(title)}</a> {day} {stage} {at}" for no, title, day, stage, at in found)


def case(request, no):
    """The entries of one case."""
    found = rows(TIMELINE, no)
    return page(f"<li>{at} {event} {role} {escape(why)} {digest}" for at, event, role, why, digest in found)


def form(request):
    """A form with every place, or what was posted stored."""
    if request.method == "POST":
        with connection.cursor() as cursor:
            cursor.execute(VOICE, [request.POST["text"], request.POST["region"]])
        return HttpResponseRedirect("/done")
    options = "".join(f"<option value={key}>{name}</option>" for key, name in rows(PLACES))
    return page([f"<form method=post><textarea name=text></textarea><select name=region>{options}</select></form>"])


urlpatterns = [path("list/<int:number>", listed), path("case/<str:no>", case), path("form", form)]
application = get_wsgi_application()
