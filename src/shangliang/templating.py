"""The page templates: one Jinja2 environment in which a misspelt name fails, and the context every page has."""

import functools

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static as static_address
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined, pass_context

from .shared.formats import day, iso, moment, size, weekday


def environment(**options):
    """The Jinja2 environment of the product; Django's engine passes its own options."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["extensions"] = ["jinja2.ext.i18n", "jinja2.ext.do"]
    env = Environment(**options)
    env.install_gettext_callables(
        gettext, translation.ngettext, newstyle=False, pgettext=translation.pgettext
    )
    env.globals.update(url=url, static=static, page_query=page_query, witnessed=witnessed)
    env.filters.update(day=day, moment=moment, weekday=weekday, iso=iso, size=size)
    return env


def witnessed() -> list:
    """Who has co-signed the public log and when, for the pages that show figures."""
    from .witness.queries import witnessed as read  # late: templates are set up before the apps are

    return read()


def url(name: str, *args, **kwargs) -> str:
    """The address of a named page; plain ones are remembered, because reversing costs more than rendering."""
    if not args and not kwargs:
        return _plain_url(name)
    return reverse(name, args=args, kwargs=kwargs)


def gettext(message: str) -> str:
    """The message in the language of the page; remembered, because a page asks two hundred times."""
    return _translated(translation.get_language(), message)


@functools.lru_cache(maxsize=4096)
def _translated(language: str, message: str) -> str:
    """``language`` is the active one; it is named only so that each language is remembered apart."""
    return translation.gettext(message)


@functools.cache
def static(path: str) -> str:
    """The address of a built file; remembered, because a page names its icons a hundred times."""
    return static_address(path)


@functools.cache
def _plain_url(name: str) -> str:
    return reverse(name)


@pass_context
def page_query(context, **changes) -> str:
    """The present address's query string with some parameters changed (None removes one)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return "?" + query.urlencode()


def page_context(request) -> dict:
    """What every page knows: committee, face (normal or elder), language, demo mark, user and waiting messages."""
    return {
        "committee": getattr(request, "committee", None),
        "mode": "elder" if request.COOKIES.get("mode") == "elder" else "normal",
        "lang": translation.get_language() or settings.LANGUAGE_CODE,
        "demo": settings.IS_DEMO,
        "messages_list": get_messages(request),
        "user": getattr(request, "user", None) or _nobody(),
    }


def _nobody():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()
