"""Addresses of the desk."""

from django.urls import path

from . import (
    briefs,
    calendar,
    coverage,
    duties,
    lists,
    overview,
    plan,
    records,
    research,
    studios,
    views,
    visit_page,
    visits,
    yard,
)

app_name = "desk"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("cases/<str:no>/", views.case, name="case"),
    path("do/<str:kind>/<int:pk>/<str:verb>/", views.act, name="act"),
    path("coverage/", coverage.show, name="coverage"),
    path("plan/", plan.plan, name="plan"),
    path("joint/calendar/", calendar.calendar, name="joint_calendar"),
    path("yard/", yard.yard, name="yard"),
    path("voices/new/", views.enter_voice, name="enter_voice"),
    path("voices/slip/", views.slip, name="slip"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/told/", views.told, name="told"),
    path("journal/", views.journal, name="journal"),
    path("overview/", overview.overview, name="overview"),
    path("duties/", duties.files, name="duties"),
    path("duties/<int:year>.xlsx", duties.report, name="duty_report"),
    path("duties/<int:member>/<int:year>/", duties.duty_file, name="duty_file"),
    path("schemes/<int:pk>/trial/", duties.trial, name="trial"),
    path("briefs/issues/", briefs.issues, name="brief_issues"),
    path("briefs/issues/<int:pk>.docx", briefs.issue_docx, name="brief_issue"),
    path("visits/write/", visit_page.write, name="visit_write"),
    path("visits/token/", visit_page.token, name="visit_token"),
    path("visits/send/", visit_page.send, name="visit_send"),
    path("visits/sw.js", visit_page.worker, name="visit_worker"),
    path("visits/slips/", visits.slips, name="visit_slips"),
    path("studios/standards/", studios.standards, name="studio_standards"),
    path("studios/<int:pk>/year/<int:year>/", studios.year, name="studio_year"),
    path("research/<int:pk>/<int:number>.<str:ending>", research.paper, name="report_paper"),
    path("<str:kind>/new/", records.begin, name="begin"),
    path("<str:kind>/new/<slug:way>/", records.begin, name="begin_otherwise"),
    path("<str:kind>/<int:pk>/", records.record, name="record"),
    path("<str:kind>/", lists.listing, name="list"),
]
