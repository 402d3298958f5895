"""The map of addresses. Addresses printed on paper (/q/, /cases/, /receipt/) resolve for ever."""

from django.urls import include, path

from .portal import errors

urlpatterns = [
    path("", include("shangliang.portal.urls")),
    path("files/", include("shangliang.files.urls")),
    path("desk/venues/", include("shangliang.desk.place_urls")),
    path("desk/rules/", include("shangliang.rules.urls")),
    path("desk/", include("shangliang.desk.urls")),
    path("log/", include("shangliang.witness.urls")),
    path("neighbours/", include("shangliang.federation.urls")),
    path("people/", include("shangliang.people.urls")),
    path("accounts/", include("shangliang.people.account_urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
