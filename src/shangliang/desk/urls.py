"""Addresses of the desk."""

from django.urls import path

from . import coverage, lists, plan, records, views, visit_offline, visiting, yard

app_name = "desk"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("cases/<str:no>/", views.case, name="case"),
    path("do/visit/<int:pk>/make/", visiting.make, name="visit_make"),
    path("do/<str:kind>/<int:pk>/<str:verb>/", views.act, name="act"),
    path("coverage/", coverage.show, name="coverage"),
    path("plan/", plan.plan, name="plan"),
    path("yard/", yard.yard, name="yard"),
    path("voices/new/", views.enter_voice, name="enter_voice"),
    path("voices/slip/", views.slip, name="slip"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/told/", views.told, name="told"),
    path("journal/", views.journal, name="journal"),
    path("visits/new/", visiting.new, name="visit_new"),
    path("visits/plan/", visiting.plan, name="visit_plan"),
    path("visits/<int:pk>/slips/", visiting.slips, name="visit_slips"),
    path("visits/write/", visit_offline.write, name="visit_write"),
    path("visits/send/", visit_offline.send, name="visit_send"),
    path("visits/token/", visit_offline.token, name="visit_token"),
    path("visits/sw.js", visit_offline.worker, name="visit_worker"),
    path("<str:kind>/new/", records.begin, name="begin"),
    path("<str:kind>/<int:pk>/", records.record, name="record"),
    path("<str:kind>/", lists.listing, name="list"),
]
