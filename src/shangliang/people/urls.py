"""Addresses under /people/."""

from django.urls import path

from . import leaving, register_views, views
from .register import SECTIONS

app_name = "people"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("open/", views.open_account, name="open_account"),
    path("me/", views.me, name="me"),
    path("link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/role/", views.grant_role, name="grant_role"),
    path("<int:pk>/link/", views.new_link, name="new_link"),
    path("<int:pk>/deactivate/", views.deactivate_account, name="deactivate_account"),
    path("<int:pk>/reopen/", views.reopen_account, name="reopen_account"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("register/", register_views.register, name="register"),
    path("register/import/", register_views.import_sheet, name="import_sheet"),
    path("register/links/<int:pk>/end/", register_views.end_link, name="end_link"),
    path("register/members/<int:pk>/leave/", leaving.leave, name="leave"),
    *(
        path(f"register/{section.name}/", register_views.page_of(section), name=section.name)
        for section in SECTIONS
    ),
]
