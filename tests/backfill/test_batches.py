"""A batch from file to figures and back: judged, matched, taken in, proved better, undone."""

import datetime as dt

import pytest
from django.utils import timezone

from shangliang.backfill import commands, intake
from shangliang.backfill.judging import judge
from shangliang.backfill.models import Batch, PastRecord
from shangliang.backfill.queries import proposed
from shangliang.consultations.models import Consultation
from shangliang.figures import counting, opendata, past, recompute
from shangliang.figures.counting import Scope
from shangliang.figures.definitions import BY_KEY
from shangliang.figures.recount import Journal, compare
from shangliang.files.models import Attachment
from shangliang.outcomes.models import Rating
from shangliang.people import commands as people
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.visits import commands as visits
from shangliang.voices.models import Voice
from tests import factories
from tests.files import samples
from tests.journeys import walk

from .conftest import messy

WHOLE = Scope()


def number(key, scope=WHOLE):
    return counting.value(BY_KEY[key], scope)


def why(batch):
    return {row.number: "；".join(row.wrong) for row in judge(batch, clock.today()).bad}


def test_the_messy_year_is_read_as_a_person_would(year):
    assert (year.head, year.columns) == (3, {"on": 0, "place": 1, "topic": 2, "present": 3, "agreed": 4, "grade": 5})
    judged = judge(year, clock.today())
    assert [(str(row.on), row.present, row.agreed, row.grade) for row in judged.good] == [
        ("2022-05-08", 30, 1, "minutes"), ("2022-06-09", 25, 2, "photo"), ("2022-07-10", 9, 0, "press"),
    ]  # fmt: skip
    assert why(year) == {7: "与第 4 行相同", 8: "“普托村”要先认定是哪里。"}
    assert next(words for _code, words in judged.places["普托村"]).endswith("普陀村")
    assert [(total.said, total.summed) for total in judged.totals] == [(76, 64), (5, 3)]


def test_nothing_counts_before_it_is_taken_in(year):
    judge(year, clock.today())
    assert PastRecord.objects.count() == 0 and number("consultations") == 0


def test_what_is_taken_in_counts_by_its_proof_and_goes_out_again_as_a_whole(year, office, village):
    commands.match(by=office, batch=year, places={"普托村": f"r{village.pk}"})
    assert commands.take_in(by=office, batch=year, grade="statement", proof="办公室说明") == 4
    told = [number(key) for key in ("consultations", "attendances", "agreements", "persons")]
    assert told == [4, 76, 4, 0]
    grades = past.by_grade(BY_KEY["attendances"], WHOLE)
    assert grades == [("签字纪要", 30), ("照片", 25), ("报道", 9), ("说明", 12)]
    assert all(row.agrees for row in compare(Journal(year.committee)))
    commands.undo(by=office, batch=year, why="重复了")
    assert [number(key) for key in ("consultations", "attendances")] == [0, 0]
    assert year.records.count() == 4
    assert all(row.agrees for row in compare(Journal(year.committee)))


def test_a_difference_behind_the_journals_back_is_seen(year, office):
    commands.take_in(by=office, batch=year, grade="statement", proof="说明")
    year.records.filter(row=4).delete()
    assert {row.key for row in compare(Journal(year.committee)) if not row.agrees} == {
        "consultations", "attendances", "agreements",
    }  # fmt: skip


def test_parts_add_up_with_the_past_in_them(year, office):
    commands.take_in(by=office, batch=year, grade="statement", proof="说明")
    for key in past.SOURCES:
        figure, whole = BY_KEY[key], number(key)
        assert sum(n for _c, _n, n in counting.by_town(figure, WHOLE)) == whole
        assert sum(n for _s, _u, n in counting.trend(figure, WHOLE, clock.today())) == whole
        assert sum(n for _line, n, _proof in past.lines(figure, WHOLE, 0, 100)) == whole


def test_the_same_file_again_is_told_and_not_taken_twice(year, office, bring):
    commands.take_in(by=office, batch=year, grade="statement", proof="说明")
    again = bring(name="2022.xlsx", raw=messy())
    assert {why(again)[row] for row in (4, 5, 6)} == {"以前已经补录过"}
    with pytest.raises(Refused, match="没有一行"):
        commands.take_in(by=office, batch=again, grade="statement", proof="说明")
    commands.match(by=office, batch=again, twice=[5])
    assert commands.take_in(by=office, batch=again, grade="statement", proof="确是两场") == 1


def test_a_proof_can_become_stronger_but_never_weaker(year, office):
    commands.take_in(by=office, batch=year, grade="statement", proof="说明")
    assert commands.prove(by=office, batch=year, rows=[(5, 6)], grade="minutes", proof="档案 2022-6") == 2
    assert dict(past.by_grade(BY_KEY["consultations"], WHOLE)) == {"签字纪要": 3}
    with pytest.raises(Refused, match="不比这个弱"):
        commands.prove(by=office, batch=year, rows=[], grade="photo", proof="照片")


def test_the_columns_of_an_earlier_file_are_known_again(office, committee, courtyard):
    text = "哪天\t在哪\t谈什么\n2022-05-08\t毛万二小院\t装路灯"
    first = intake.read(by=office, committee=committee, kind="consultation", text=text)
    commands.map_columns(by=office, batch=first, head=1, columns={"on": 0, "place": 1, "topic": 2})
    second = intake.read(by=office, committee=committee, kind="consultation", text=text.replace("05-08", "05-09"))
    assert proposed(second, head=1) == (1, {"on": 0, "place": 1, "topic": 2})


def test_members_of_one_name_are_asked_and_unknown_ones_told(bring, committee, courtyard, office):
    one, other = (factories.member(committee, name="张三", sector=sector) for sector in ("农业界", "教育界"))
    batch = bring("visit", text="走访日期\t走访地点\t委员\n2022-05-08\t毛万二小院\t张三、无名")
    assert why(batch) == {2: "名册里有几位“张三”，要先认定是哪一位。"}
    commands.match(by=office, batch=batch, members={"张三": str(other.pk)})
    (row,) = judge(batch, clock.today()).good
    assert row.members == [other] and "无名" in row.doubts[0]
    commands.take_in(by=office, batch=batch, grade="photo", proof="相册")
    assert list(PastRecord.objects.get().members.all()) == [other]
    assert number("visits") == 1


def test_what_the_system_keeps_itself_is_not_brought_in_again(bring, rated_day, courtyard):
    batch = bring(text=f"日期\t地点\t议题\n{rated_day}\t{courtyard.name}\t路灯")
    assert why(batch) == {2: "系统里已有同一天同一地点的记录"}


@pytest.fixture
def visited(committee, courtyard, member_account, office_staff):
    on = dt.date(2023, 4, 3)
    people.link(by=office_staff, committee=committee, kind="member_courtyard", since=factories.LONG_AGO,
                member=member_account.member, venue=courtyard)  # fmt: skip
    with clock.at(on):
        visits.write_visit(by=member_account, committee=committee, key="visit-key-0123456789-abcd", venue=courtyard,
                           on=on, members=[member_account.member], kinds=["listening"])  # fmt: skip
    return on


@pytest.mark.parametrize("kind", ["consultation", "visit", "voice", "solved"])
def test_what_is_known_by_its_village_alone_is_asked_about(bring, rated_day, courtyard, visited, kind):
    voice = Voice.objects.get()
    at = dt.datetime(2023, 6, 2, 3, tzinfo=dt.UTC)
    Rating.objects.create(committee=voice.committee, case=voice.case, voice=voice, value="mostly", said="receipt", rated_at=at)
    days = {"solved": "2023-06-02", "voice": timezone.localdate(voice.reported_at), "consultation": rated_day, "visit": visited}
    batch = bring(kind, text=f"日期\t地点\t议题\n{days[kind]}\t{courtyard.region.name}\t另一件")
    assert why(batch) == {2: "系统里已有同一天同一地点的记录"}


def test_what_two_people_decide_at_once_is_both_kept(bring, office):
    batch = bring(text="日期\t地点\n2022-05-08\t某地\n2022-05-09\t别处")
    mine, yours = (Batch.objects.get(pk=batch.pk) for _who in range(2))
    commands.match(by=office, batch=mine, places={"某地": "r1"})
    commands.match(by=office, batch=yours, places={"别处": "r2"})
    assert set(Batch.objects.get(pk=batch.pk).answers["places"]) == {"某地", "别处"}


def test_after_taking_in_the_words_of_the_file_are_gone_and_the_rows_left_out_are_told(bring, office, client_as, courtyard):
    batch = bring(text="日期\t地点\t议题\t电话\n2022-05-08\t毛万二小院\t路灯\t13800000000\n没有\t毛万二小院\t水\t1")
    commands.take_in(by=office, batch=batch, grade="statement", proof="说明")
    kept = Batch.objects.get(pk=batch.pk)
    assert (kept.sheet, kept.merged, kept.answers) == ([], {}, {"left": [3]})
    page = client_as(office).get(batch.get_absolute_url()).content.decode()
    assert "没有补录的行" in page and "第 3 行" in page


@pytest.mark.parametrize("role", [Role.COMMITTEE_OFFICE, Role.OFFICE_STAFF])
def test_words_can_be_erased_and_the_numbers_stay(year, account, role):
    office = account(role)
    picture = samples.upload(samples.jpeg())
    commands.take_in(by=office, batch=year, grade="minutes", proof="李四说", uploads=[picture])
    assert Attachment.objects.filter(subject="backfill.batch").count() == 1
    commands.forget(by=office, batch=year, why="有人要求")
    assert set(year.records.values_list("topic", "proof")) == {("", "")}
    assert (Batch.objects.get(pk=year.pk).sheet, number("attendances")) == ([], 64)
    assert not Attachment.objects.filter(subject="backfill.batch").exists()


def test_only_the_offices_may(year, account, committee):
    stranger = account(Role.MEMBER)
    for step in (commands.undo, commands.forget):
        with pytest.raises(Refused):
            step(by=stranger, batch=year, why="x")
    with pytest.raises(Refused):
        intake.read(by=stranger, committee=committee, kind="visit", text="a\tb")
    with pytest.raises(Refused):
        commands.take_in(by=stranger, batch=year, grade="statement", proof="x")


def test_what_proves_it_must_be_said(year, office):
    with pytest.raises(Refused, match="凭据在哪里"):
        commands.take_in(by=office, batch=year, grade="minutes")
    with pytest.raises(Refused, match="http"):
        commands.take_in(by=office, batch=year, grade="press", proof="x", proof_url="javascript:alert(1)")
    assert Batch.objects.get(pk=year.pk).state == "mapped"


@pytest.fixture
def rated_day(committee, courtyard, liaison, party_approver, unit):
    """The day of a meeting that the system keeps itself, at the courtyard."""
    with clock.at(dt.date(2023, 5, 12)):
        voice, _code = walk.report(committee, courtyard)
        walk.agreed(liaison, party_approver, unit, [factories.member(committee) for _n in range(2)], courtyard, voice)
    return timezone.localdate(Consultation.objects.get().starts_at)


def test_the_open_data_hold_the_past_and_count_to_the_same(year, office, settings, tmp_path):
    settings.HOME = tmp_path
    commands.take_in(by=office, batch=year, grade="statement", proof="说明")
    folder = opendata.make(year.committee)
    assert recompute.main(folder) == 0
    past_rows = (folder / "past.csv").read_text(encoding="utf-8-sig")
    assert "路灯" not in past_rows and "minutes" in past_rows
    assert "consultations,1,场,2022,,,3" in (folder / "figures.csv").read_text(encoding="utf-8-sig")
