"""Designed error pages. They stand alone: no session, no committee, no database."""

import errno
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Seconds after which a busy installation may be tried again.
RETRY_AFTER = 30


def page(request, status: int, title, body, **headers) -> HttpResponse:
    """An error page with a title and a sentence that says what to do now.

    A fault of ours (500 and above) is told in every language and with the telephone of the installation: whoever meets
    it can neither change the language, which takes a page that works, nor look the number up.
    """
    context = {
        "error_code": status,
        "error_title": title,
        "error_body": body,
        "mode": "elder" if request.COOKIES.get("mode") == "elder" else "normal",
        "lang": translation.get_language(),
        "phone": settings.HELP_PHONE if status >= 500 else "",
        "otherwise": _otherwise(title, body) if status >= 500 else [],
    }
    # Rendered without the request, so that no context processor can ask the database.
    html = get_template("layout/error.html").render(context)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store", **headers})


def _otherwise(title, body) -> list[tuple]:
    """(language, title, sentence, what leads home, what leads to the telephone) in the other languages."""
    told = []
    for code, _name in settings.LANGUAGES:
        if code != translation.get_language():
            with translation.override(code):
                told.append((code, str(title), str(body), _("回到首页"), _("打电话 %(phone)s")))
    return told


def refused(request, refusal) -> HttpResponse:
    """Something that cannot be done now, in the refusal's own sentence."""
    return page(request, 409, _("这一步现在不能办"), refusal.sentence)


def too_large(request) -> HttpResponse:
    """More than one request may carry."""
    return page(
        request, 413, _("一次交的内容太大了"),
        _("请退回上一页，少选几张照片，或者先不交照片，再提交一次。您写的文字还在上一页。"),
    )


def busy(request) -> HttpResponse:
    """The database is locked or the disk is full; nothing was stored."""
    return page(
        request, 503, gettext_lazy("现在太忙了，请稍等再试"),
        gettext_lazy("您刚才填的还没有存下来。请过半分钟退回上一页，再按一次提交。急事请直接打电话。"),
        Retry_After=str(RETRY_AFTER),
    )


def not_set_up(request) -> HttpResponse:
    """An installation in which no committee has been registered yet."""
    return page(
        request, 503, gettext_lazy("平台还没有设好"),
        gettext_lazy("这里还没有登记政协委员会。管理员装好以后，这一页就能用。")
    )


def bad_request(request, exception=None) -> HttpResponse:
    """A request that no form of ours makes; too much of it is told apart."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return too_large(request)
    return page(
        request, 400, _("这个请求没有看懂"), _("地址或内容不完整。请回到首页，从那里重新进入。")
    )


def forbidden(request, exception=None) -> HttpResponse:
    """A page that is not for this person."""
    return page(
        request, 403, _("这一页不对您开放"), _("如果这是您的工作，请先登录，或者请管理员看看您的权限。")
    )


def not_found(request, exception=None) -> HttpResponse:
    """Nothing at this address, or nothing that may be shown; the answer is the same for both."""
    return page(
        request, 404, _("没有找到这一页"), _("可能是地址抄错了，也可能这一页没有公开。请核对后再试，或者回到首页。")
    )


def broken(request) -> HttpResponse:
    """A fault of ours; trouble with the database or the disk is told apart."""
    if is_trouble(sys.exc_info()[1]):
        return busy(request)
    return page(
        request, 500, gettext_lazy("这一页出了毛病"),
        gettext_lazy("不是您的错，我们已经记下来了。请过一会儿再试；急事请直接打电话。")
    )


def csrf_failure(request, reason="") -> HttpResponse:
    """A form whose safety mark is missing or too old."""
    return page(
        request, 403, _("这张表放得太久了"),
        _("为了安全，请退回上一页、刷新一次再提交。如果浏览器关掉了 cookie，请先打开。"),
    )


def is_trouble(exception) -> bool:
    """Whether this is the machine's trouble that passes: a locked database, a full disk."""
    if isinstance(exception, OSError):
        return exception.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(exception, OperationalError)
