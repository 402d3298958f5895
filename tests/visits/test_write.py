"""A visit is written down with everything that belongs to it, at once, exactly once, or refused in words."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.journal.queries import timeline_of
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.venues import commands as venues
from shangliang.visits import commands as visits
from shangliang.visits.models import Promise, Visit, VisitVoice
from shangliang.visits.queries import last_visits, open_promises, visits_of
from shangliang.voices.models import Voice
from tests import factories
from tests.visits.conftest import DAY


def test_a_visit_takes_its_voices_and_promises_with_it(write, voice_of, courtyard, serving):
    written = write(
        kinds=["listening", "collecting"], households=6, explained="讲了惠农政策。", noted="老人说路黑。",
        voices=[voice_of("院坝到大路没有路灯。", "a"), voice_of("水沟堵了。", "b")],
        promises=[("下周带电工来看", DAY + dt.timedelta(days=7))],
    )
    visit = Visit.objects.get()
    assert (visit.state, visit.on, visit.households, str(visit)) == ("made", DAY, 6, "毛万二小院 2023-05-16")
    assert [str(kind) for kind in visit.kinds.all()] == ["民声倾听", "民意收集"]
    assert [(v.channel, v.venue_id, v.entered_by_id) for v in Voice.objects.order_by("pk")] == [
        ("visit", courtyard.pk, serving.pk), ("visit", courtyard.pk, serving.pk),
    ]
    assert [len(code) for _voice, code in written.voices] == [26, 26]
    assert VisitVoice.objects.filter(visit=visit).count() == 2
    assert open_promises(serving.member)[0].text == "下周带电工来看"
    assert last_visits(None, DAY) == {courtyard.pk: DAY}
    assert last_visits([courtyard], DAY - dt.timedelta(days=1)) == {}
    assert list(visits_of(serving.member, DAY, DAY)) == [visit]


def test_the_same_key_again_is_the_same_visit_with_the_same_codes(write, voice_of):
    first = write(voices=[voice_of("院坝没有路灯。", "a")], promises=[("来看", DAY)])
    entries = Entry.objects.count()
    again = write(voices=[voice_of("院坝没有路灯。", "a")], promises=[("来看", DAY)])
    assert again == first
    assert (Visit.objects.count(), Voice.objects.count(), Promise.objects.count()) == (1, 1, 1)
    assert Entry.objects.count() == entries


def test_the_same_key_with_other_words_is_refused(write):
    write(noted="一")
    with pytest.raises(Refused, match="内容却不同"):
        write(noted="二")
    assert Visit.objects.get().noted == "一"


def test_what_fails_inside_leaves_nothing_behind(write, voice_of):
    with pytest.raises(Refused, match="最多写 2000 字"):
        write(voices=[voice_of("好", "a"), voice_of("长" * 2001, "b")], promises=[("来看", DAY)])
    assert (Visit.objects.count(), Voice.objects.count(), Entry.objects.filter(event__startswith="visits").count()) == (
        0, 0, 0,
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"on": DAY + dt.timedelta(days=1)}, "on", "不能在将来"),
        ({"on": dt.date(2019, 1, 1)}, "on", "早于这个地方启用"),
        ({"members": []}, "members", "哪位委员"),
        ({"kinds": []}, "kinds", "至少选一种"),
        ({"kinds": ["shopping"]}, "kinds", "没有这种"),
        ({"households": -1}, "households", "户数"),
        ({"promises": [("来看", DAY - dt.timedelta(days=1))]}, "due_on", "早于走访"),
        ({"promises": [(" ", DAY)]}, "text", "答应了什么"),
        ({"noted": "长" * 1001}, "noted", "1000 字"),
        ({"explained": "长" * 401}, "explained", "400 字"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(write, fields, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        write(**fields)
    assert refusal.value.field == field
    assert str(refusal.value).endswith("。")
    assert Visit.objects.count() == 0


def test_a_member_twice_a_foreign_member_and_a_closed_place_are_refused(
    write, serving, courtyard, other_committee, office_staff
):
    with pytest.raises(Refused, match="写了两次"):
        write(members=[serving.member, serving.member])
    with pytest.raises(Refused, match="不属于本政协"):
        write(by=office_staff, members=[factories.member(other_committee)])
    gone = factories.member(courtyard.committee, term_to=dt.date(2023, 5, 1))
    with pytest.raises(Refused, match="不在任期内"):
        write(by=office_staff, members=[gone])
    venues.close_venue(by=office_staff, venue=courtyard, on=dt.date(2023, 5, 1))
    courtyard.refresh_from_db()
    with pytest.raises(Refused, match="已经停用"):
        write()


def test_who_has_no_part_in_visits_may_not_write_one(write, account, unit):
    for role, scope in ((Role.UNIT_CLERK, {"unit": unit}), (Role.PARTY_APPROVER, {}), (Role.AUDITOR, {})):
        with pytest.raises(Refused, match="走访由去走访的委员填写"):
            write(by=account(role, **scope))


def test_what_was_noted_is_not_in_the_chain_and_stands_in_the_timeline(write):
    visit = write(noted="张家老人腿脚不便。", promises=[("带轮椅来", DAY)]).visit
    assert "轮椅" not in "".join(Entry.objects.values_list("data", flat=True))
    says = [line.says for line in timeline_of(visit)]
    assert says[-1] == "当面答应：带轮椅来，2023年5月16日前办到"


def test_a_promise_is_kept_once_and_in_words(write, serving):
    visit = write(promises=[("带电工来看", DAY)]).visit
    kept = Promise.objects.get()
    with pytest.raises(Refused, match="怎么办到的"):
        visits.keep_promise(by=serving, visit=visit, kept=kept, report=" ")
    visits.keep_promise(by=serving, visit=visit, kept=kept, report="电工来过，线路可用。")
    assert Promise.objects.get().kept_on == clock.today()
    with pytest.raises(Refused, match="已经登记过"):
        visits.keep_promise(by=serving, visit=visit, kept=kept, report="又来一次。")


def test_reading_is_for_those_concerned(write, serving, liaison, account, county, office_staff):
    visit = write().visit
    stranger = account(Role.MEMBER, member=factories.member(serving.committee))
    far = account(Role.LIAISON, region=county.at["500153112"])
    reads = {who: Visit.objects.visible_to(who).filter(pk=visit.pk).exists()
             for who in (serving, liaison, office_staff, stranger, far)}
    assert list(reads.values()) == [True, True, True, False, False]


def test_only_who_goes_along_or_works_for_the_place_writes_a_visit(
    write, planned, committee, courtyard, account, liaison, village, other_village
):
    beside = account(Role.MEMBER, member=factories.member(committee))
    elsewhere = account(Role.LIAISON, region=other_village.parent)
    for by in (beside, elsewhere, account(Role.STEWARD, region=other_village)):
        with pytest.raises(Refused, match="由去走访的委员填写"):
            write(by=by)
        with clock.at(DAY), pytest.raises(Refused, match="由去走访的委员填写"):
            visits.plan_visit(
                by=by, committee=committee, venue=courtyard, on=DAY, members=[factories.member(committee)]
            )
    for n, by in enumerate((liaison, account(Role.STEWARD, region=village))):
        write(by=by, key=f"the-key-of-the-{n}th-person-here")
    assert Visit.objects.made().count() == 2
