"""Addresses of the keepers' pages."""

from django.urls import path

from . import views

app_name = "rules"

urlpatterns = [
    path("", views.rules, name="rules"),
    path("notice/", views.notice, name="notice"),
    path("<int:pk>/", views.rule, name="rule"),
]
