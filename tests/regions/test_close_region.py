"""Aliases and the end of a division."""

import datetime as dt

import pytest

from shangliang.journal.models import Entry
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.regions import commands
from shangliang.shared.refusals import Refused

END = dt.date(2023, 12, 31)


def close(region, **fields):
    commands.close_region(by=CLOCK, region=region, on=END, **fields)


def test_a_village_ends_and_names_its_successor(county, village):
    end = county.at["500153005202"]
    close(end, successor=village)
    end.refresh_from_db()
    assert (end.valid_to, end.successor) == (END, village)
    entry = Entry.objects.get(event="regions.closed")
    assert entry.fields == {"name": "安富街道垭口村", "on": "2023-12-31", "successor": "安富街道普陀村"}
    assert entry.committee_id is None


def test_a_town_with_living_villages_does_not_end(county):
    with pytest.raises(Refused, match="下面还有 2 处"):
        close(county.at["500153005"])
    for code in ("500153005200", "500153005202"):
        close(county.at[code])
    close(county.at["500153005"])
    assert county.at["500153005"].valid_to == END


def test_a_place_ends_once(village, county):
    stale = type(village).objects.get(pk=village.pk)
    close(village)
    with pytest.raises(Refused, match="已经撤销"):
        close(village)
    with pytest.raises(Refused, match="刚才已有人"):
        close(stale)


def test_a_place_does_not_end_before_it_began(village):
    type(village).objects.filter(pk=village.pk).update(valid_from=dt.date(2024, 1, 1))
    village.refresh_from_db()
    with pytest.raises(Refused, match="早于设立"):
        close(village)


def test_a_successor_is_another_living_place_of_the_same_level(county, village):
    gone = county.at["500153112201"]
    close(gone)
    for wrong in (village, village.parent, gone):
        with pytest.raises(Refused, match="同级"):
            close(village, successor=wrong)


def test_only_keepers_change_the_table(village, liaison):
    for by in (ANYONE, liaison):
        with pytest.raises(Refused, match="系统管理员"):
            commands.close_region(by=by, region=village, on=END)
        with pytest.raises(Refused, match="系统管理员"):
            commands.add_alias(by=by, region=village, name="普陀")


def test_the_office_may_add_an_alias_and_it_is_told(village, office_staff):
    alias = commands.add_alias(by=office_staff, region=village, name=" 普陀大队 ", source="老名字")
    assert (alias.name, alias.region) == ("普陀大队", village)
    entry = Entry.objects.get(event="regions.alias_added")
    assert entry.fields == {"name": "安富街道普陀村", "alias": "普陀大队", "source": "老名字"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" ", "请填写别名"),
        ("普" * 61, "60 字"),
        ("普陀村", "已经有"),
        ("安富街道普陀村", "已经有"),
        ("普陀大队", "已经有"),
    ],
)
def test_an_empty_or_known_alias_is_refused(village, name, sentence):
    commands.add_alias(by=CLOCK, region=village, name="普陀大队")
    with pytest.raises(Refused, match=sentence):
        commands.add_alias(by=CLOCK, region=village, name=name)
