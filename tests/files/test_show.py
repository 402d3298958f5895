"""Serving files: who sees what, and under which headers."""

import pytest
from django.urls import reverse

from shangliang.files import commands
from shangliang.people.roles import Role


def status(client, address) -> int:
    """The answer's status, its file read to the end as a server would."""
    answer = client.get(address)
    b"".join(answer)
    return answer.status_code


@pytest.fixture
def published(attachment, reviewer):
    commands.publish_attachment(by=reviewer, attachment=attachment)
    return attachment


def test_a_public_picture_is_for_everybody_and_may_be_kept_for_an_hour(client, published):
    answer = client.get(published.get_absolute_url())
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(answer) == published.path.read_bytes()
    again = client.get(published.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and again["Cache-Control"] == "public, max-age=3600"


def test_the_small_copy_is_served_too(client, published):
    answer = client.get(published.thumbnail_url)
    assert b"".join(answer) == published.thumbnail_path.read_bytes()


def test_a_private_picture_is_no_such_file_to_a_stranger(client, attachment):
    assert status(client, attachment.get_absolute_url()) == 404
    assert status(client, attachment.thumbnail_url) == 404


@pytest.mark.parametrize(
    "role",
    [
        Role.COMMITTEE_OFFICE,
        Role.OFFICE_STAFF,
        Role.LEADER,
        Role.REVIEWER,
        Role.PARTY_APPROVER,
        Role.MEMBER,
    ],
)
def test_the_committees_own_people_see_it_and_no_cache_keeps_it(
    client_as, account, attachment, role
):
    answer = client_as(account(role)).get(attachment.get_absolute_url())
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer)


def test_a_unit_clerk_sees_it(client_as, unit_clerk, attachment):
    assert status(client_as(unit_clerk), attachment.get_absolute_url()) == 200


def test_a_liaison_sees_their_own_place_alone(
    client_as, account, attachment, village, other_village
):
    here = account(Role.LIAISON, region=village.parent)
    there = account(Role.LIAISON, region=other_village.parent)
    assert status(client_as(here), attachment.get_absolute_url()) == 200
    assert status(client_as(there), attachment.get_absolute_url()) == 404


@pytest.mark.parametrize("role", [Role.STEWARD, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_other_roles_do_not_see_it(client_as, account, attachment, role):
    assert status(client_as(account(role)), attachment.get_absolute_url()) == 404


def test_another_committees_office_does_not_see_it(client_as, account, attachment, other_committee):
    stranger = account(Role.COMMITTEE_OFFICE, committee=other_committee)
    assert status(client_as(stranger), attachment.get_absolute_url()) == 404


def test_a_paper_is_always_a_download(client_as, reviewer, paper):
    commands.publish_attachment(by=reviewer, attachment=paper)
    answer = client_as(reviewer).get(paper.get_absolute_url())
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer)


def test_a_row_whose_file_is_gone_answers_no_such_file(client, published):
    published.path.unlink()
    assert status(client, published.get_absolute_url()) == 404


@pytest.mark.parametrize("name", ["a.jpg", "../secrets/django.key", "A" * 32 + ".jpg", "a" * 32])
def test_no_other_name_is_an_address(client, committee, name):
    assert status(client, f"/files/{name}") == 404


def test_a_file_is_only_read(client, published):
    assert client.post(reverse("files:show", args=[published.name])).status_code == 405
