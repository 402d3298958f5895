"""Language of the page, and plain sentences in place of errors."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from ..shared.refusals import Refused
from . import errors

#: Pages that show a receipt code or what belongs to it: no cache may keep them.
PRIVATE_PATHS = ("/receipt/", "/report/", "/rounds/")


class Language:
    """The language that the visitor chose (cookie ``lang``), else the browser's, else Chinese."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def language_of(request) -> str:
    """The code of a supported language."""
    chosen = request.COOKIES.get("lang")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    for wished, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(wished)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class PlainRefusals:
    """Turns a refusal or a machine in trouble into a page that says so, and keeps private pages out of caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if body_length(request) > settings.UPLOAD_LIMIT:
            return errors.too_large(request)
        response = self.get_response(request)
        if request.user.is_authenticated or request.path.startswith(PRIVATE_PATHS):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request, exception):
        """Refused → 409 with its sentence; a busy database or a full disk → 503; anything else goes on."""
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if errors.is_trouble(exception):
            return errors.busy(request)
        return None


def body_length(request) -> int:
    """The announced length of the body in bytes; 0 when it is missing or no number."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0
