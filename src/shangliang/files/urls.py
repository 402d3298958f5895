"""Addresses of files; a name is 32 hex digits, `_s` for the thumbnail."""

from django.urls import re_path

from . import views

app_name = "files"
urlpatterns = [
    re_path(r"^(?P<name>[0-9a-f]{32}(?:\.jpg|_s\.jpg|\.pdf))$", views.show, name="show"),
]
