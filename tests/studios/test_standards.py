"""The committee's own lists, checks in words, and reviews that are off until a committee switches them on."""

import datetime as dt

import pytest

from shangliang.desk.verbs import verbs_for
from shangliang.people.actors import CLOCK
from shangliang.rules import commands as rules
from shangliang.rules.models import Rule
from shangliang.rules.sample import SAMPLES
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.studios import commands as studios
from shangliang.studios.forms import CheckForm
from shangliang.studios.models import Checklist, ChecklistItem, StandardCheck, Studio, StudioReview
from shangliang.studios.queries import asked_items, latest_check

SIX = "六有"


def items(studio):
    return asked_items(studio.committee_id)


def test_the_lists_are_seeded_once(committee):
    assert studios.seed_checklists(by=CLOCK, committee=committee) == 3
    assert studios.seed_checklists(by=CLOCK, committee=committee) == 0
    lines = ChecklistItem.objects.filter(checklist__name=SIX).values_list("text", flat=True)
    assert list(lines) == ["有阵地", "有标识", "有制度", "有流程", "有活动", "有成效"]


def test_a_check_says_in_words_what_is_missing(studio, office_staff):
    met = [item for item in items(studio) if item.text not in ("有制度", "规章制度")]
    studios.check(by=office_staff, studio=studio, met=met, note="六月贴上墙。")
    check = latest_check(studio)
    assert (check.lacking, check.note) == (["有制度", "规章制度"], "六月贴上墙。")
    assert [standard.name for standard in check.standards] == [SIX, "五上墙"]


def test_a_second_look_on_the_same_day_takes_the_place_of_the_first_and_earlier_days_stay(studio, office_staff):
    with clock.at(dt.date(2026, 4, 1)):
        studios.check(by=office_staff, studio=studio, met=[])
    studios.check(by=office_staff, studio=studio, met=[])
    studios.check(by=office_staff, studio=studio, met=items(studio))
    assert StandardCheck.objects.count() == 22 and latest_check(studio).lacking == []
    assert StandardCheck.objects.filter(checked_on=dt.date(2026, 4, 1), met=False).count() == 11


def test_a_check_of_tomorrow_or_of_a_retired_line_is_refused(studio, office_staff):
    retired = items(studio)[0]
    six = Checklist.objects.get(name=SIX)
    studios.revise_checklist(by=office_staff, checklist=six, name=SIX, items=["有标识", "有制度"])
    with pytest.raises(Refused, match="已经停用") as refusal:
        studios.check(by=office_staff, studio=studio, met=[retired])
    assert refusal.value.field == "met"
    with pytest.raises(Refused, match="将来"):
        studios.check(by=office_staff, studio=studio, met=[], on=dt.date(2026, 5, 21))


def test_the_form_asks_every_line_and_remembers_the_last_look(studio, office_staff):
    studios.check(by=office_staff, studio=studio, met=items(studio)[:2])
    form = CheckForm(record=studio, by=office_staff)
    lists = [name for name in form.fields if name.startswith("list_")]
    assert len(lists) == 2 and form.fields[lists[0]].initial == [item.pk for item in items(studio)[:2]]
    sent = CheckForm({"on": "2026-05-20", lists[1]: [items(studio)[6].pk]}, record=studio, by=office_staff)
    assert sent.is_valid() and sent.cleaned_data["met"] == [items(studio)[6]]


def test_a_changed_line_leaves_old_checks_their_words(studio, office_staff):
    studios.check(by=office_staff, studio=studio, met=[])
    six = Checklist.objects.get(name=SIX)
    lines = ["有阵地", "有标识", "有制度", "有流程", "有活动", "有群众认可的成效", ""]
    studios.revise_checklist(by=office_staff, checklist=six, name="新六有", items=lines)
    assert [item.text for item in items(studio)][:6] == lines[:6]
    assert "有成效" in latest_check(studio).lacking
    assert ChecklistItem.objects.get(text="有成效").retired_on == clock.today()


@pytest.mark.parametrize(("name", "lines", "field"), [
    ("", ["一"], "name"), ("五上墙", ["一"], "name"), ("新", ["", " "], "items"), ("新", ["长" * 61], "items"),
    ("新", [str(n) for n in range(31)], "items"),
])
def test_a_list_needs_a_name_of_its_own_and_short_lines(name, lines, field, studio, office_staff, committee):
    with pytest.raises(Refused) as refusal:
        studios.add_checklist(by=office_staff, committee=committee, name=name, items=lines)
    assert refusal.value.field == field
    with pytest.raises(Refused):
        studios.revise_checklist(by=office_staff, checklist=Checklist.objects.get(name=SIX), name=name, items=lines)


def test_a_retired_list_is_asked_no_more_and_only_the_office_writes_lists(studio, office_staff, lead, committee):
    six = Checklist.objects.get(name=SIX)
    for act in (
        lambda: studios.add_checklist(by=lead, committee=committee, name="新", items=["一"]),
        lambda: studios.retire_checklist(by=lead, checklist=six),
    ):
        with pytest.raises(Refused, match="政协办公室制定"):
            act()
    studios.retire_checklist(by=office_staff, checklist=six)
    assert len(items(studio)) == 5
    with pytest.raises(Refused, match="已经停用"):
        studios.retire_checklist(by=office_staff, checklist=Checklist.objects.get(name=SIX))
    with pytest.raises(Refused, match="不能停用"):
        studios.retire_checklist(by=office_staff, checklist=Checklist.objects.get(kind="levels"))


def test_reviews_are_off_until_the_committee_switches_them_on(studio, office_staff):
    level = ChecklistItem.objects.get(text="示范")
    assert SAMPLES["studio.review_levels"].number == 0
    assert "review" not in [verb.name for verb in verbs_for(office_staff, "studio", studio)]
    with pytest.raises(Refused, match="没有启用"):
        studios.review(by=office_staff, studio=studio, level=level, basis="某号文件")
    rules.set_rule(by=office_staff, rule=Rule.objects.get(key="studio.review_levels"), value=1, why="本地办法")
    found = Studio.objects.get()
    assert "review" in [verb.name for verb in verbs_for(office_staff, "studio", found)]
    studios.review(by=office_staff, studio=found, level=level, basis="某号文件")
    assert StudioReview.objects.get().level == level
    for fields in ({"level": items(studio)[0], "basis": "x"}, {"level": level, "basis": " "}):
        with pytest.raises(Refused):
            studios.review(by=office_staff, studio=found, **fields)


def test_the_office_edits_the_lists_on_their_page(studio, office_staff, client_as):
    client, path = client_as(office_staff), "/desk/studios/standards/"
    six = Checklist.objects.get(name=SIX)
    assert client.post(path, {"do": "add", "name": "三有", "items": "有人\n有事"}).status_code == 302
    assert client.post(path, {"do": "revise", "checklist": six.pk, "name": SIX, "items": "有阵地\n有人"}).status_code == 302
    page = client.get(path).content.decode()
    assert "三有" in page and "有人" in page and "有成效" not in page
    answer = client.post(path, {"do": "revise", "checklist": six.pk, "name": "三有", "items": "甲\n乙"})
    assert answer.status_code == 422 and "已有同名的标准" in answer.content.decode() and "甲" in answer.content.decode()
    assert client.post(path, {"do": "add", "name": "", "items": ""}).status_code == 422
    assert client.post(path, {"do": "retire", "checklist": six.pk}).status_code == 302
    for pk in ("9" * 30, "99999", "x"):
        assert client.post(path, {"do": "revise", "checklist": pk, "name": "z", "items": "y"}).status_code == 404


def test_a_committee_without_lists_is_offered_the_samples(office_staff, client_as):
    client = client_as(office_staff)
    assert "装入示例" in client.get("/desk/studios/standards/").content.decode()
    client.post("/desk/studios/standards/", {"do": "seed"})
    assert Checklist.objects.count() == 3
