"""Writing a visit: with its voices and promises in one piece, once for each key, and refused in words."""

import datetime as dt

import pytest

from shangliang.files.models import Attachment
from shangliang.journal.models import Entry, Submission
from shangliang.people.actors import ANYONE
from shangliang.people.roles import Role
from shangliang.shared import receipts
from shangliang.shared.refusals import Refused
from shangliang.venues import commands as venues
from shangliang.visits import commands as visits
from shangliang.visits import queries
from shangliang.visits.models import Promise, Visit, VisitVoice
from shangliang.voices.models import Contact, Voice
from tests import factories
from tests.journeys.walk import picture

from .conftest import TODAY

DAY = dt.timedelta(days=1)
HEARD = [
    {"key": "voice-key-number-one-00001", "text": "路灯不亮。", "name": "宪某", "phone": "13812345678", "place_note": "村口"},
    {"key": "voice-key-number-two-00002", "text": "水压太小。"},
]
PROMISED = [{"text": "问供水公司", "due_on": TODAY + 7 * DAY}]


def test_a_visit_is_stored_whole_with_its_voices_promises_and_photos(wish, member_account, courtyard):
    visit, codes = visits.write_visit(
        **wish(voices=HEARD, promises=PROMISED, households=8, kinds=["listening", "uniting"], photos=[picture("a.jpg")])
    )
    visit = Visit.objects.get(pk=visit.pk)
    assert (visit.state, visit.households, visit.entered_by) == (Visit.State.MADE, 8, member_account)
    assert visit.kind_words == "民声倾听、民心凝聚" and visit.member_names == "委员甲"
    voices = [row.voice for row in VisitVoice.objects.select_related("voice").order_by("pk")]
    assert [v.channel for v in voices] == ["visit", "visit"] and {v.venue for v in voices} == {courtyard}
    assert [v.state for v in voices] == ["screening", "screening"] and Contact.objects.count() == 1
    assert all(receipts.clean(code) == code for code in codes) and len(set(codes)) == 2
    assert Promise.objects.get().due_on == TODAY + 7 * DAY
    photo = Attachment.objects.get()
    assert (photo.role, photo.subject, photo.region_code) == ("visit", "visits.visit", courtyard.region.code)


def test_the_journal_tells_the_visit_without_what_people_said(visit):
    told = list(Entry.objects.filter(subject="visits.visit").order_by("seq").values_list("event", flat=True))
    assert told == ["visits.promised", "visits.made"]
    whole = "".join(Entry.objects.values_list("data", flat=True))
    assert "发臭" not in whole and "污水" not in whole and "13812345678" not in whole


def test_the_same_key_again_is_the_same_visit_with_the_same_codes(wish):
    first = visits.write_visit(**wish(voices=HEARD, promises=PROMISED))
    second = visits.write_visit(**wish(voices=HEARD, promises=PROMISED))
    assert first[0].pk == second[0].pk and first[1] == second[1]
    assert (Visit.objects.count(), Voice.objects.count(), Promise.objects.count()) == (1, 2, 1)
    assert Entry.objects.filter(event="visits.made").count() == 1


@pytest.mark.parametrize(
    "change",
    [{"households": 3}, {"noted": "别的"}, {"voices": HEARD[:1]}, {"voices": [{**HEARD[0], "text": "别的"}, HEARD[1]]}],
)
def test_the_same_key_with_other_content_is_refused(wish, change):
    visits.write_visit(**wish(voices=HEARD))
    with pytest.raises(Refused, match="内容却不同"):
        visits.write_visit(**wish(**{"voices": HEARD, **change}))
    assert (Visit.objects.count(), Voice.objects.count()) == (1, 2)


def test_a_voice_of_another_visit_is_not_taken_twice(wish):
    visits.write_visit(**wish(voices=HEARD))
    with pytest.raises(Refused, match="内容却不同"):
        visits.write_visit(**wish(voices=HEARD, key="another-key-of-these-tests"))
    assert Visit.objects.count() == 1


def test_when_one_voice_is_refused_nothing_is_stored_and_the_field_is_named(wish):
    with pytest.raises(Refused, match="2000") as refusal:
        visits.write_visit(**wish(voices=[HEARD[0], {"key": "voice-key-too-long-0000001", "text": "长" * 2001}]))
    assert refusal.value.field == "voice2_text"
    assert not (Visit.objects.exists() or Voice.objects.exists() or Submission.objects.exists())


BAD = {
    "in the future": ({"on": TODAY + DAY}, "on", "不能在将来"),
    "before the place opened": ({"on": factories.LONG_AGO - DAY}, "on", "还没有启用"),
    "no members": ({"members": []}, "members", "请选择去走访的委员"),
    "no kinds": ({"kinds": []}, "kinds", "至少选一项"),
    "an unknown kind": ({"kinds": ["dancing"]}, "kinds", "五项"),
    "a kind twice": ({"kinds": ["uniting", "uniting"]}, "kinds", "每项一次"),
    "fewer than no households": ({"households": -1}, "households", "不能小于 0"),
    "a town full of households": ({"households": 99_999}, "households", "请核对"),
    "a promise due before the visit": (
        {"promises": [{"text": "问", "due_on": TODAY - 3 * DAY}]}, "promise1_due_on", "不能早于走访日期"),
    "a promise without a day": ({"promises": [{"text": "问", "due_on": None}]}, "promise1_due_on", "哪天前"),
    "a promise without words": ({"promises": [{"text": " ", "due_on": TODAY}]}, "promise1_text", "承诺了什么"),
    "an endless promise": ({"promises": [{"text": "问" * 201, "due_on": TODAY}]}, "promise1_text", "200 字"),
    "endless words": ({"noted": "长" * 1001}, "noted", "1000 字"),
    "a voice without words": ({"voices": [{"key": "voice-key-number-one-00001", "text": " "}]}, "voice1_text", "请写下"),
    "a short key": ({"key": "short"}, None, "重新打开页面"),
    "a key with signs": ({"key": "key with spaces and <signs>"}, None, "重新打开页面"),
    "a voice with a short key": ({"voices": [{"key": "v1", "text": "路"}]}, None, "重新打开页面"),
    "a voice without a key": ({"voices": [{"key": "", "text": "路"}]}, None, "重新打开页面"),
    "two voices with one key": ({"voices": [HEARD[0], HEARD[0]]}, None, "重新打开页面"),
    "a voice with the visit's key": (
        {"voices": [{"key": "visit-key-of-these-tests-1", "text": "路"}]}, None, "重新打开页面"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_words_beside_its_field_and_nothing_is_stored(case, wish, office_staff):
    change, field, says = BAD[case]
    with pytest.raises(Refused, match=says) as refusal:
        visits.write_visit(**wish(by=office_staff, **change))
    assert refusal.value.field == field and str(refusal.value).endswith("。")
    assert not (Visit.objects.exists() or Voice.objects.exists() or Submission.objects.exists())


def test_a_member_twice_is_refused(wish, member):
    with pytest.raises(Refused, match="只填一次") as refusal:
        visits.write_visit(**wish(members=[member, member]))
    assert refusal.value.field == "members"


def test_somebody_who_was_no_member_then_is_refused(wish, committee, member):
    later = factories.member(committee, name="新委员", term_from=TODAY)
    with pytest.raises(Refused, match="新委员那天不是本届委员") as refusal:
        visits.write_visit(**wish(members=[member, later]))
    assert refusal.value.field == "members"


def test_a_place_that_was_closed_then_is_refused_and_the_day_before_is_not(wish, courtyard, office_staff):
    venues.close_venue(by=office_staff, venue=courtyard, on=TODAY - 2 * DAY, why="搬迁")
    with pytest.raises(Refused, match="已经停用") as refusal:
        visits.write_visit(**wish())
    assert refusal.value.field == "on"
    visits.write_visit(**wish(on=TODAY - 3 * DAY))


def test_a_place_of_another_committee_is_refused(wish, other_committee, county, office_staff):
    theirs = factories.courtyard(county.at["511083104200"], committee=other_committee, name="隔壁小院")
    with pytest.raises(Refused):
        visits.write_visit(**wish(venue=theirs))


def test_who_may_enter_a_visit(wish, account, village, other_village, committee, unit_clerk, liaison, office_staff):
    roles = Role
    other = factories.member(committee)
    may = [liaison, office_staff, account(roles.OFFICE_STAFF), account(roles.STEWARD, region=village),
           account(roles.STUDIO_LEAD, region=village.parent)]
    may_not = [
        account(roles.LIAISON, region=other_village.parent), account(roles.STEWARD, region=other_village), unit_clerk,
        account(roles.MEMBER, member=other), account(roles.LEADER), account(roles.REVIEWER), account(roles.AUDITOR), ANYONE,
    ]
    for n, by in enumerate(may):
        visits.write_visit(**wish(by=by, key=f"key-of-the-{n}th-person-here"))
    for by in may_not:
        with pytest.raises(Refused, match="委员只能填写自己参加的走访"):
            visits.write_visit(**wish(by=by))
    assert Visit.objects.count() == len(may)


def test_a_member_enters_the_visit_of_several_when_among_them(wish, committee, member):
    visit, _codes = visits.write_visit(**wish(members=[factories.member(committee, name="委员乙"), member]))
    assert visit.member_names == "委员乙、委员甲"


def test_who_reads_a_visit(visit, served, account, village, other_village, committee, member_account, liaison, office_staff):
    mine = account(Role.MEMBER, member=factories.member(committee))
    reads = [member_account, liaison, office_staff, account(Role.LEADER), account(Role.OFFICE_STAFF)]
    not_reads = [
        mine, account(Role.LIAISON, region=other_village.parent), account(Role.STEWARD, region=village),
        account(Role.UNIT_CLERK, unit=factories.unit(committee, name="某局")), account(Role.AUDITOR),
        account(Role.REVIEWER), account(None),
    ]
    assert [by.name for by in reads if not Visit.objects.visible_to(by).exists()] == []
    assert [by.name for by in not_reads if Visit.objects.visible_to(by).exists()] == []


def test_another_member_of_the_same_courtyard_reads_the_visit_but_not_the_voices(
    visit, account, committee, courtyard, office_staff
):
    from shangliang.people import commands as register

    beside = factories.member(committee)
    register.link(by=office_staff, committee=committee, kind="member_courtyard", since=factories.LONG_AGO,
                  member=beside, venue=courtyard)
    by = account(Role.MEMBER, member=beside)
    seen = Visit.objects.visible_to(by).get()
    heard = queries.heard_on(seen, by)
    assert (heard.voices, heard.more) == ([], 1)


def test_the_questions_others_ask_take_one_query_each(visit, member, courtyard, wish, django_assert_num_queries):
    visits.write_visit(**wish(on=TODAY - 40 * DAY, key="the-key-of-an-older-visit-1"))
    with django_assert_num_queries(1):
        assert queries.last_visits([courtyard], TODAY) == {courtyard.pk: TODAY - 2 * DAY}
    with django_assert_num_queries(1):
        assert queries.last_visits([courtyard.pk], TODAY - 10 * DAY) == {courtyard.pk: TODAY - 40 * DAY}
    with django_assert_num_queries(1):
        assert [v.venue.region.name for v in queries.visits_of(member, TODAY - 30 * DAY, TODAY)] == ["普陀村"]
    with django_assert_num_queries(1):
        assert [p.visit.venue.region.name for p in queries.open_promises(member)] == ["普陀村"]
