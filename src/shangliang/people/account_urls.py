"""Addresses under /accounts/: of the log-in library's pages only those that this product has.

Sign-up, e-mail addresses and the reset by e-mail do not exist here, so they have no address either; the names that
the library itself looks up lead to the page that says whom to ask.
"""

from allauth.account import views
from django.urls import include, path

from .views import forgotten

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/forgotten/", forgotten, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
