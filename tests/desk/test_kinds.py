"""Every kind of record that has a page of its own keeps the promises of the table: list, Excel, form, page, doors."""

import pytest

from shangliang.desk.kinds import BY_MODEL, KINDS, desk_path
from shangliang.people.roles import Role
from tests import factories

EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
OUTSIDE = {Role.PARTY_APPROVER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.NEIGHBOUR}


@EVERY
def test_the_list_opens_for_the_office_and_comes_as_excel(kind, office_staff, client_as):
    client = client_as(office_staff)
    page = client.get(f"/desk/{kind.plural}/")
    assert page.status_code == 200
    assert str(kind.title) in page.content.decode() or kind.name == "venue"
    if kind.name == "venue":  # the list of places is a page of its own, older than the others
        return
    book = client.get(f"/desk/{kind.plural}/?format=xlsx")
    assert book.content[:2] == b"PK"


@EVERY
def test_the_form_opens_for_those_who_may_and_for_nobody_else(kind, committee, village, client_as):
    if kind.begin is None:
        return
    opened = set()
    for role in (Role.COMMITTEE_OFFICE, Role.LIAISON, Role.MEMBER, Role.AUDITOR, *OUTSIDE):
        scope = {"region": village.parent} if role == Role.LIAISON else {}
        if role == Role.MEMBER:
            scope["member"] = factories.member(committee)
        account = factories.account(role, committee=committee, **scope)
        status = client_as(account).get(f"/desk/{kind.plural}/new/").status_code
        may = bool(kind.begin.may(account, committee))
        assert status == (200 if may else 403), (kind.plural, role)
        opened |= {role} if may else set()
    assert opened, "nobody can begin one"
    assert not opened & {Role.AUDITOR, *OUTSIDE}


@EVERY
def test_an_empty_form_is_refused_and_names_what_is_missing(kind, office_staff, client_as):
    if kind.begin is None or not kind.begin.may(office_staff, office_staff.committee):
        return
    page = client_as(office_staff).post(f"/desk/{kind.plural}/new/", {"key": "k" * 24})
    assert page.status_code in {409, 422}
    assert "error" in page.content.decode()


@EVERY
def test_a_number_that_does_not_exist_is_not_found(kind, office_staff, client_as):
    assert client_as(office_staff).get(f"/desk/{kind.plural}/987654/").status_code == 404


@EVERY
def test_a_kind_names_only_steps_that_its_model_has(kind):
    verbs = set(kind.model.VERBS) | {row[0] for row in kind.more}
    assert set(kind.offered) <= verbs
    assert kind.main <= verbs
    assert kind.grave <= verbs


def test_a_kind_is_found_by_its_model_and_a_thread_by_its_case():
    assert len(BY_MODEL) == len(KINDS) > 5
    for kind in KINDS:
        assert desk_path(kind.model(pk=7)) == f"/desk/{kind.plural}/7/"
