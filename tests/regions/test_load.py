"""Loading counties from the register that the build carries."""

import pytest

from shangliang.journal.models import Entry
from shangliang.people.actors import ANYONE, CLOCK
from shangliang.regions import commands, register
from shangliang.regions.models import Alias, Region
from shangliang.shared.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_county_comes_with_its_ancestors_and_everything_below():
    told = []
    loaded = commands.load(by=CLOCK, codes=["500153", "511083"], progress=lambda done, all_: told.append((done, all_)))
    assert loaded == Region.objects.count()
    assert told[-1] == (loaded, loaded)
    rongchang = Region.objects.within("500153")
    assert rongchang.filter(level="town").count() == 21
    assert rongchang.filter(level="village").count() == 156
    assert Region.objects.within("511083").filter(level="town").count() == 13
    village = Region.objects.get(code="500153005200")
    assert village.official_name == "普陀村村民委员会"
    assert (village.name, village.full_name) == ("普陀村", "安富街道普陀村")
    assert village.parent.parent.parent.parent.name == "重庆市"
    assert (village.valid_from, village.valid_to) == (None, None)


def test_full_names_leave_out_levels_that_nobody_says():
    commands.load(by=CLOCK, codes=["500153", "511083", "469024"])
    names = dict(Region.objects.values_list("code", "full_name"))
    assert names["500153"] == "重庆市荣昌区"
    assert names["511083"] == "四川省内江市隆昌市"
    assert names["469024"] == "海南省临高县"
    assert names["5001"] == "重庆市"
    assert names["500153005"] == "安富街道"


def test_loading_again_changes_and_tells_nothing():
    commands.load(by=CLOCK, codes=["500153"])
    before = set(Region.objects.values_list("pk", "code"))
    commands.load(by=CLOCK, codes=["500153", "500153"])
    assert set(Region.objects.values_list("pk", "code")) == before
    entry = Entry.objects.get(event="regions.loaded")
    assert entry.fields == {
        "code": "500153", "name": "重庆市荣昌区", "added": len(before), "renamed": 0, "aliases": 0,
    }  # fmt: skip


def test_a_place_renamed_or_lost_is_brought_up_to_date():
    commands.load(by=CLOCK, codes=["500153"])
    Region.objects.filter(code="500153005200").update(official_name="旧名", name="旧名")
    Region.objects.filter(code="500153005202").delete()
    commands.load(by=CLOCK, codes=["500153"])
    assert Region.objects.get(code="500153005200").name == "普陀村"
    assert Region.objects.filter(code="500153005202").exists()
    entry = Entry.objects.filter(event="regions.loaded").last()
    assert (entry.fields["added"], entry.fields["renamed"]) == (1, 1)


def test_the_misprint_of_the_newspaper_is_known_from_the_start():
    commands.load(by=CLOCK, codes=["511083"])
    alias = Alias.objects.get(name="石堰桥镇")
    assert (alias.region.code, alias.region.name) == ("511083112", "石燕桥镇")
    assert "重庆日报 2024-01-20" in alias.source


def test_codes_may_be_written_with_their_zeros():
    commands.load(by=CLOCK, codes=["500153000000"])
    assert Region.objects.filter(code="500153").exists()


@pytest.mark.parametrize("code", ["999999", "5001", "500153005", "荣昌", "%", ""])
def test_an_unknown_county_is_refused_by_its_code_and_nothing_is_loaded(code):
    with pytest.raises(Refused, match=f"“{code}”的区县"):
        commands.load(by=CLOCK, codes=["500153", code])
    assert not Region.objects.exists()


def test_no_county_at_all_is_refused():
    with pytest.raises(Refused, match="哪些区县"):
        commands.load(by=CLOCK, codes=[])


def test_a_stranger_loads_nothing():
    with pytest.raises(Refused, match="系统管理员"):
        commands.load(by=ANYONE, codes=["500153"])


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("普陀村村民委员会", "普陀村"),
        ("清流社区居民委员会", "清流社区"),
        ("石燕桥社区居委会", "石燕桥社区"),
        ("三合村村委会", "三合村"),
        ("孟悟村委会", "孟悟村"),
        ("圣水头村民委员会", "圣水头村"),
        ("东街居委会", "东街"),
        ("北罗营居民委员会", "北罗营"),
        ("小井村", "小井村"),
        ("安富街道", "安富街道"),
        ("村委会", "村委会"),
    ],
)
def test_a_place_is_shown_without_the_name_of_its_elected_body(official, name):
    assert register.shown(official) == name
