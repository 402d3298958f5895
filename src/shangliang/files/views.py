"""Serving files: public ones to all, private ones to those who may read, none ever as a page."""

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..people.actors import ANYONE
from . import policies
from .models import Attachment

#: Seconds that others may keep a public file; short, because it can be withheld again.
PUBLIC_AGE = 3600


@require_safe
def show(request, name):
    """A picture, its thumbnail or a paper; who may not read it is told that there is none."""
    attachment = Attachment.everywhere.filter(name=name.replace("_s.jpg", ".jpg")).first()
    if attachment is None or not _may_read(request, attachment):
        raise Http404
    path = attachment.path.with_name(name)
    if not attachment.is_public:
        return _file(attachment, path, {"Cache-Control": "private, no-store"})
    # A name never gets other bytes, so the name is the tag.
    headers = {"Cache-Control": f"public, max-age={PUBLIC_AGE}", "ETag": f'"{path.stem}"'}
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        for header, value in headers.items():
            unchanged[header] = value
        return unchanged
    return _file(attachment, path, headers)


def _file(attachment, path, headers) -> FileResponse:
    """The bytes, under headers that keep any browser from running them; Http404 when they are gone."""
    try:
        body = path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        body,
        content_type=attachment.media_type,
        as_attachment=not attachment.is_picture,
        filename=f"{attachment.case_no or 'file'}-{attachment.pk}{path.suffix}",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            **headers,
        },
    )


def _may_read(request, attachment) -> bool:
    if attachment.is_public:  # asked first: nobody's roles need to be read for it
        return True
    by = request.user if request.user.is_authenticated else ANYONE
    return bool(policies.may_read(by, attachment))
