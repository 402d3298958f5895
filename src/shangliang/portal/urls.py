"""The public addresses. Those printed on paper (/q/, /cases/, /receipt/) resolve for ever."""

from django.urls import path

from . import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
]
