"""Doors are closed unless this table says otherwise: every address × every role × the answer to a GET."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection
from django.urls import URLResolver, get_resolver

from shangliang.people import commands as register
from shangliang.people.models import Committee
from shangliang.people.roles import HANDLERS, Role
from shangliang.people.tenancy import within
from shangliang.rules.models import Rule
from shangliang.venues import commands as venues
from shangliang.venues.codes import address
from tests import factories
from tests.journeys import walk
from tests.journeys.conftest import lamp, lamp_agreement, members

__all__ = ["lamp", "lamp_agreement", "members"]

ALL = frozenset(Role)
READERS = {*HANDLERS, Role.LEADER, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD}
ENTERING = {*HANDLERS, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD}
KEEPERS = {Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN}
WRITERS = {*HANDLERS, Role.MEMBER, Role.STEWARD, Role.STUDIO_LEAD}
OFFICES = {Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF, Role.LEADER}
PER_KIND = {
    "desk:begin", "desk:begin_otherwise", "desk:record", "desk:studio_year", "desk:report_paper", "desk:visit_token",
    "desk:visit_slips", "desk:work_report_file", "desk:round_slips", "desk:round_poster", "desk:round_map",
}  # fmt: skip
#: Doors of scripts, which answer in data: nobody signed in is 401, never a page.
FOR_SCRIPTS = {"desk:visit_token"}
COVERING = {*HANDLERS, Role.LEADER}
LEDGERS = {
    *READERS, Role.REVIEWER, Role.PARTY_APPROVER, Role.UNIT_CLERK, Role.AUDITOR, Role.NEIGHBOUR,
}
LEDGER_7 = {*OFFICES, Role.LIAISON, Role.REVIEWER, Role.PARTY_APPROVER, Role.UNIT_CLERK}
PLANNING = {Role.MEMBER, Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF}
PUBLIC, SIGNED_IN, POST_ONLY = "public", "signed in", "post only"

#: Address → who may GET it. A set means: those roles 200, other accounts 403, nobody else but the log-in page.
DOORS = {
    "portal:home": PUBLIC, "portal:wall": PUBLIC, "portal:report_here": PUBLIC, "portal:place": PUBLIC,
    "portal:report": PUBLIC, "portal:report_done": PUBLIC, "portal:report_slip": PUBLIC,
    "portal:report_slip_pdf": PUBLIC, "portal:receipt": PUBLIC, "portal:receipt_supplement": POST_ONLY,
    "portal:receipt_rate": POST_ONLY, "portal:receipt_reopen": POST_ONLY, "portal:receipt_erase": PUBLIC,
    "portal:receipt_leave": POST_ONLY, "portal:receipt_mine": PUBLIC, "portal:cases": PUBLIC,
    "portal:case_json": PUBLIC, "portal:card_pdf": PUBLIC, "portal:case": PUBLIC,
    "portal:salons": PUBLIC, "portal:salon": PUBLIC, "portal:results": PUBLIC, "portal:result": PUBLIC,
    "portal:round": PUBLIC, "portal:round_how": PUBLIC, "portal:round_vote": POST_ONLY, "portal:round_begin": POST_ONLY,
    "portal:round_say": PUBLIC, "portal:round_mine": PUBLIC, "portal:round_map": PUBLIC, "portal:round_json": PUBLIC,
    "portal:round_leave": POST_ONLY, "desk:round_slips": SIGNED_IN, "desk:round_poster": SIGNED_IN,
    "desk:round_map": SIGNED_IN, "portal:mode": POST_ONLY, "portal:language": POST_ONLY, "portal:privacy": PUBLIC,
    "portal:accessibility": PUBLIC, "portal:complaint": PUBLIC, "portal:rules": PUBLIC,
    "portal:calendar": PUBLIC, "portal:components": PUBLIC, "portal:healthz": PUBLIC,
    "portal:robots": PUBLIC, "portal:places": PUBLIC, "portal:platforms": PUBLIC, "portal:log": PUBLIC, "portal:case_proof": PUBLIC, "portal:case_crossed": PUBLIC,
    "desk:neighbours": {Role.COMMITTEE_OFFICE}, "desk:neighbour": {Role.COMMITTEE_OFFICE},
    "desk:neighbour_own_card": POST_ONLY, "desk:neighbour_rotate": POST_ONLY, "desk:neighbour_parcel": POST_ONLY,
    "desk:neighbour_decide": POST_ONLY, "desk:neighbour_letter": POST_ONLY, "federation:card": PUBLIC, "witness:checkpoint": PUBLIC, "witness:keys": PUBLIC, "witness:tile": PUBLIC,
    "witness:proof": PUBLIC, "witness:add_checkpoint": POST_ONLY, "federation:inbox": POST_ONLY, "portal:partners": PUBLIC, "portal:figures": PUBLIC,
    "portal:figure": PUBLIC, "portal:figure_json": PUBLIC, "portal:open_data": PUBLIC, "portal:figure_badge": PUBLIC,
    "portal:status": PUBLIC, "portal:dashboard": PUBLIC, "portal:flow_matters": PUBLIC, "portal:flow_waiting": PUBLIC,
    "portal:flow_waiting_in": PUBLIC, "portal:fairness_json": PUBLIC, "portal:boundary": PUBLIC, "portal:fairness": PUBLIC,
    "portal:news": PUBLIC, "portal:news_rss": PUBLIC, "portal:news_atom": PUBLIC, "portal:news_report": PUBLIC,
    "portal:version": PUBLIC, "portal:open_data_file": PUBLIC, "portal:news_notice": PUBLIC,
    "portal:news_answer": PUBLIC, "portal:news_notice_state": PUBLIC, "desk:change_news_sources": POST_ONLY,
    "desk:news_sources": {*OFFICES, Role.LIAISON, Role.REVIEWER, Role.AUDITOR, Role.MEMBER},
    "portal:reports": PUBLIC, "portal:work_report": PUBLIC, "portal:work_report_file": PUBLIC,
    "portal:corrections": PUBLIC, "portal:corrections_atom": PUBLIC, "desk:corrections": {Role.COMMITTEE_OFFICE},
    "desk:divisions": {Role.COMMITTEE_OFFICE},
    "desk:report_wording": {Role.COMMITTEE_OFFICE}, "desk:work_report_file": SIGNED_IN, "portal:claims": PUBLIC,
    "desk:backfill": {Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF}, "desk:backfill_step": POST_ONLY,
    "desk:backfill_batch": {Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF}, "portal:embeds": PUBLIC,
    "portal:embed_figure": PUBLIC, "portal:embed_case": PUBLIC, "portal:embed_place": PUBLIC,
    "portal:case_badge": PUBLIC, "portal:place_badge": PUBLIC,
    "desk:joint_calendar": {*OFFICES, Role.REVIEWER, Role.AUDITOR, Role.MEMBER, Role.STUDIO_LEAD}, "files:show": PUBLIC,
    "venues:venues": READERS, "venues:venue": READERS, "venues:poster": READERS,
    "venues:open_venue": POST_ONLY, "venues:issue_wall_code": POST_ONLY, "venues:close_venue": POST_ONLY,
    "venues:revoke_wall_code": POST_ONLY,
    "rules:rules": KEEPERS, "rules:notice": KEEPERS, "rules:rule": KEEPERS,
    "desk:inbox": SIGNED_IN, "desk:case": SIGNED_IN, "desk:act": SIGNED_IN, "desk:list": SIGNED_IN,
    "desk:begin": SIGNED_IN, "desk:record": SIGNED_IN,
    "desk:begin_otherwise": SIGNED_IN, "desk:studio_standards": {Role.COMMITTEE_OFFICE},
    "desk:studio_year": SIGNED_IN, "desk:report_paper": SIGNED_IN, "desk:visit_write": WRITERS,
    "desk:visit_token": SIGNED_IN, "desk:visit_send": POST_ONLY, "desk:visit_worker": PUBLIC,
    "desk:visit_slips": SIGNED_IN, "desk:overview": OFFICES, "desk:duties": {*OFFICES, Role.MEMBER},
    "desk:duty_file": {*OFFICES, Role.MEMBER}, "desk:duty_report": POST_ONLY, "desk:trial": {Role.COMMITTEE_OFFICE},
    "desk:brief_issues": OFFICES, "desk:brief_issue": OFFICES,
    "portal:studios": PUBLIC, "portal:studio": PUBLIC, "portal:studio_year": PUBLIC,
    "desk:ledgers": LEDGERS, "desk:ledger": LEDGER_7, "desk:ledger_export": POST_ONLY,
    "desk:blanks": set(HANDLERS), "desk:blank_words": set(HANDLERS), "desk:blank": set(HANDLERS),
    "desk:blank_fill": POST_ONLY, "desk:blank_replace": POST_ONLY, "desk:blank_retire": POST_ONLY,
    "desk:enter_voice": ENTERING, "desk:slip": ENTERING, "desk:notices": set(HANDLERS),
    "desk:told": POST_ONLY, "desk:journal": {Role.AUDITOR},
    "people:accounts": {Role.SECURITY_ADMIN}, "people:account": {Role.SECURITY_ADMIN},
    "people:open_account": POST_ONLY, "people:grant_role": POST_ONLY, "people:new_link": POST_ONLY,
    "people:deactivate_account": POST_ONLY, "people:reopen_account": POST_ONLY, "people:end_role": POST_ONLY,
    "people:register": KEEPERS, "people:import_sheet": KEEPERS, "people:units": KEEPERS,
    "people:offices": KEEPERS, "people:stations": KEEPERS, "people:members": {Role.COMMITTEE_OFFICE},
    "people:leaders": {Role.COMMITTEE_OFFICE}, "people:links": {Role.COMMITTEE_OFFICE},
    "people:end_link": {Role.COMMITTEE_OFFICE},
    "people:leave": {Role.COMMITTEE_OFFICE}, "desk:coverage": COVERING, "desk:plan": PLANNING, "desk:yard": {Role.STEWARD},
    "people:me": SIGNED_IN, "people:sign_in_link": PUBLIC,
    "account_login": PUBLIC, "account_logout": PUBLIC, "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC, "mfa_authenticate": PUBLIC,
    "account_reauthenticate": SIGNED_IN, "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN, "mfa_index": SIGNED_IN, "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN, "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN, "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
}  # fmt: skip
#: Who reads the lamp's case file, being a part of it or reading the whole committee's.
READS_CASE = {
    *HANDLERS, Role.LEADER, Role.REVIEWER, Role.PARTY_APPROVER, Role.AUDITOR, Role.UNIT_CLERK,
}
LIST_READERS = {*HANDLERS, Role.LEADER, Role.REVIEWER, Role.PARTY_APPROVER}


def patterns(resolver=None, prefix="/", space=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern, prefix + str(pattern.pattern), inner)
        else:
            yield space + (pattern.name or "?"), pattern, prefix + str(pattern.pattern)


def test_every_address_stands_in_the_table_and_the_table_has_no_other():
    assert {name for name, _pattern, _path in patterns()} == set(DOORS)


@pytest.fixture
def house(lamp, committee, courtyard, unit, office_staff, village):
    """One account for each role, and the addresses of real records."""
    code = venues.issue_wall_code(by=office_staff, venue=courtyard)
    scopes = {Role.UNIT_CLERK: {"unit": unit}, Role.LIAISON: {"region": village.parent}}
    link = register.link(
        by=office_staff, committee=committee, kind="member_courtyard", since=factories.LONG_AGO,
        member=factories.member(committee), venue=courtyard,
    )
    people = {
        role: factories.account(role, committee=committee, **scopes.get(role, {})) for role in Role
    }
    voice, task = lamp
    token = address(code).rsplit("/q/", 1)[1]
    paths = {
        "portal:wall": f"/q/{token}", "portal:report_here": f"/q/{token}/report/",
        "portal:place": f"/places/{courtyard.code}/", "portal:case": f"/cases/{voice.case_no}/",
        "portal:case_json": f"/cases/{voice.case_no}.json", "portal:case_proof": f"/cases/{voice.case_no}/proof.json",
        "portal:case_crossed": f"/cases/{voice.case_no}/crossed/", "federation:inbox": "/neighbours/500153/inbox/",
        "desk:neighbour_decide": "/desk/neighbours/1/pause/", "desk:neighbour_letter": "/desk/neighbours/letters/1/retry/",
        "portal:flow_matters": "/dashboard/flow/voices/reached/", "portal:flow_waiting": "/dashboard/waiting/voices/",
        "portal:flow_waiting_in": "/dashboard/waiting/voices/screening/", "desk:backfill_step": "/desk/backfill/1/map/",
        "portal:figure": "/figures/voices/", "portal:figure_json": "/figures/voices.json", "portal:figure_badge": "/figures/voices.svg",
        "portal:open_data_file": "/open-data/README.md", "portal:embed_figure": "/embed/figure/voices/",
        "portal:embed_case": f"/embed/case/{voice.case_no}/", "portal:embed_place": f"/embed/place/{courtyard.code}/",
        "portal:case_badge": f"/cases/{voice.case_no}.svg", "portal:place_badge": f"/places/{courtyard.code}.svg",
        "witness:tile": "/log/tile/0/000", "witness:proof": "/log/proof/1",
        "portal:card_pdf": f"/cases/{voice.case_no}/card.pdf", "portal:calendar": "/calendar/2023/",
        "portal:mode": "/mode/elder", "portal:language": "/language/en",
        "files:show": "/files/" + "0" * 32 + ".jpg", "desk:case": f"/desk/cases/{voice.case_no}/",
        "desk:act": f"/desk/do/task/{task.pk}/acknowledge/", "desk:list": "/desk/voices/", "desk:begin": "/desk/visits/new/", "desk:begin_otherwise": "/desk/visits/new/plan/", "desk:duty_report": "/desk/duties/2023.xlsx",
        "desk:duty_file": f"/desk/duties/{link.member_id}/2023/", "desk:record": "/desk/visits/1/",
        "desk:studio_year": "/desk/studios/1/year/2026/", "portal:studio": "/studios/GZ001/", "portal:studio_year": "/studios/GZ001/2026/",
        "desk:told": "/desk/notices/1/told/", "venues:venue": f"/desk/venues/{courtyard.pk}/",
        "desk:report_paper": "/desk/research/1/1.pdf", "desk:ledger": "/desk/ledgers/7/",
        "desk:ledger_export": "/desk/ledgers/7/export/", "desk:work_report_file": "/desk/reports/1.pdf",
        "portal:work_report_file": "/reports/1.pdf", "desk:change_news_sources": "/desk/newsroom/sources/keep/",
        "venues:issue_wall_code": f"/desk/venues/{courtyard.pk}/code/",
        "venues:close_venue": f"/desk/venues/{courtyard.pk}/close/",
        "venues:poster": f"/desk/venues/codes/{code.pk}/poster/",
        "venues:revoke_wall_code": f"/desk/venues/codes/{code.pk}/revoke/",
        "rules:rule": f"/desk/rules/{Rule.objects.first().pk}/",
        "people:sign_in_link": "/people/link/nonsense/",
        "people:leave": f"/people/register/members/{link.member_id}/leave/",
        "people:end_link": f"/people/register/links/{link.pk}/end/",
    }
    pk = people[Role.MEMBER].pk
    for name, _pattern, path in patterns():
        if name not in paths:
            paths[name] = path.replace("<int:pk>", str(pk))
    return people, paths


def test_every_door_answers_every_role_as_the_table_says(house, client_as, client):
    people, paths = house
    wrong, asked = [], 0
    clients = {None: client} | {role: client_as(account) for role, account in people.items()}
    for name, rule in DOORS.items():
        for role, browser in clients.items():
            status = browser.get(paths[name]).status_code
            asked += 1
            if not _as_expected(name, rule, role, status):
                wrong.append(f"{name} {paths[name]} as {role}: {status}")
    assert wrong == []
    assert asked == len(DOORS) * (len(Role) + 1)


def _as_expected(name, rule, role, status) -> bool:
    if rule == PUBLIC:
        return status in {200, 302, 404, 410}
    if rule == POST_ONLY:
        return status in {302, 403, 405}
    if role is None:
        return status == (401 if name in FOR_SCRIPTS else 302)
    if rule == SIGNED_IN:
        if name == "desk:case":
            return status == (200 if role in READS_CASE else 404)
        if name in PER_KIND:  # each kind has its own table in tests/desk/test_kinds.py
            return status in {200, 302, 403, 404}
        if name == "desk:act":
            return status in {200, 404}
        return status in {200, 302, 403, 404} if name.startswith(("mfa", "account")) else status == 200
    return status in ({200, 302, 404} if role in rule else {403})


def test_no_get_changes_the_database(house, client_as, client):
    """State changes only by POST (ASVS 3.5.3): the fingerprint of every table of the record stays."""
    people, paths = house
    browsers = [client, client_as(people[Role.COMMITTEE_OFFICE]), client_as(people[Role.UNIT_CLERK])]
    before = fingerprint()
    for path in paths.values():
        for browser in browsers:
            browser.get(path)
            browser.head(path)
    assert fingerprint() == before


def fingerprint() -> dict:
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("shangliang."):
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table}")
            rows = sorted(map(repr, cursor.fetchall()))
            tables[table] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return tables


def test_every_credential_of_one_committee_is_a_stranger_in_another(house, client_as, other_committee):
    """Tenancy: the neighbours' people find nothing of ours, by any address that names one of our records."""
    _people, paths = house
    named = [
        "desk:case", "desk:act", "venues:venue", "venues:poster", "rules:rule", "people:account",
        "people:end_link", "people:leave",
    ]
    with within(other_committee):
        strangers = [
            factories.account(role, committee=other_committee)
            for role in (Role.COMMITTEE_OFFICE, Role.LEADER, Role.REVIEWER, Role.AUDITOR)
        ] + [factories.security_admin(other_committee)]
    for stranger in strangers:
        browser = client_as(stranger)
        for name in named:
            assert browser.get(paths[name]).status_code in {403, 404}, (name, stranger)
        page = browser.get("/desk/voices/")
        assert "看不见路" not in page.content.decode()


def test_a_query_without_a_committee_in_scope_raises(db):
    from django_scopes import ScopeError

    from shangliang.people.tenancy import TenantModel

    tenants = [m for m in apps.get_models() if issubclass(m, TenantModel)]
    assert len(tenants) > 20
    for model in tenants:
        with pytest.raises(ScopeError):
            model.objects.count()
    assert Committee.objects.count() == 0


def test_one_committees_scope_hides_the_others_records(committee, courtyard, other_committee):
    walk.report(committee, courtyard)
    from shangliang.voices.models import Voice

    assert Voice.objects.count() == 1
    with within(other_committee):
        assert Voice.objects.count() == 0
