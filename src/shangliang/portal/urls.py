"""The public addresses. Those printed on paper (/q/, /cases/, /receipt/) resolve for ever."""

from django.urls import path

from . import cases, home, pages, partners, placelist, places, platforms, receipt, report, results, salons, studios

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("q/<str:token>", places.wall, name="wall"),
    path("q/<str:token>/report/", report.report_here, name="report_here"),
    path("platforms/", platforms.platforms, name="platforms"),
    path("partners/", partners.partners, name="partners"),
    path("places/", placelist.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("report/", report.report, name="report"),
    path("report/done/", report.done, name="report_done"),
    path("report/slip/", report.slip, name="report_slip"),
    path("report/slip.pdf", report.slip_pdf, name="report_slip_pdf"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/supplement/", receipt.supplement, name="receipt_supplement"),
    path("receipt/rate/", receipt.rate, name="receipt_rate"),
    path("receipt/reopen/", receipt.reopen, name="receipt_reopen"),
    path("receipt/erase/", receipt.erase, name="receipt_erase"),
    path("receipt/leave/", receipt.leave, name="receipt_leave"),
    path("receipt/mine.json", receipt.mine, name="receipt_mine"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<str:no>.json", cases.case_json, name="case_json"),
    path("cases/<str:no>/card.pdf", cases.card_pdf, name="card_pdf"),
    path("cases/<str:no>/", cases.case, name="case"),
    path("studios/", studios.studios, name="studios"),
    path("studios/<str:code>/", studios.studio, name="studio"),
    path("studios/<str:code>/<int:year>/", studios.year, name="studio_year"),
    path("salons/", salons.salons, name="salons"),
    path("salons/<int:pk>/", salons.salon, name="salon"),
    path("results/", results.results, name="results"),
    path("results/<int:pk>/", results.result, name="result"),
    path("mode/<str:mode>", pages.mode, name="mode"),
    path("language/<str:code>", pages.language, name="language"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("complaint/", pages.complaint, name="complaint"),
    path("rules/", pages.rules, name="rules"),
    path("calendar/<int:year>/", pages.calendar, name="calendar"),
    path("components/", pages.components, name="components"),
    path("healthz", pages.healthz, name="healthz"),
    path("robots.txt", pages.robots, name="robots"),
]
