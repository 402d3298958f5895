"""Addresses of the desk."""

from django.urls import path

from . import lists, records, research, views

app_name = "desk"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("cases/<str:no>/", views.case, name="case"),
    path("do/<str:kind>/<int:pk>/<str:verb>/", views.act, name="act"),
    path("voices/new/", views.enter_voice, name="enter_voice"),
    path("voices/slip/", views.slip, name="slip"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/told/", views.told, name="told"),
    path("journal/", views.journal, name="journal"),
    path("research/<int:pk>/<int:number>.<str:ending>", research.paper, name="report_paper"),
    path("<str:kind>/new/", records.begin, name="begin"),
    path("<str:kind>/<int:pk>/", records.record, name="record"),
    path("<str:kind>/", lists.listing, name="list"),
]
