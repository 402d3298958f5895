"""A studio's quarter: its lead keeps the hours, receives people, tells what was done; the reviewer opens it to everybody."""

import datetime as dt

import pytest

from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.shared import clock
from shangliang.studios.models import Activity, Promise, Reception
from shangliang.venues.models import Venue
from tests import factories

from .conftest import DESK, PHONE
from .hands import fill, photo_file, press, receipt_code, says, send, step
from .test_screens import check

ROOM = "普陀小院委员工作室"


@pytest.fixture
def people(town, account, village):
    """The lead with a member of the team, registered by the office but not yet at work."""
    lead = account(Role.STUDIO_LEAD, member=town.members[0], name="领衔委员")
    factories.courtyard(village, committee=town.committee, name=ROOM, kind=Venue.Kind.STUDIO, households=None, code="GZ001")
    return lead


def test_a_studios_quarter(town, people, open_as, tmp_path):
    today = clock.today()
    # 1. The office registers the studio at the place that stands in the register, seats lead and team, and opens it.
    office = open_as(town.office)
    office.goto("/desk/")
    press(office, "委员工作室", ".rail")
    press(office, "登记工作室")
    fill(office, name=ROOM, kind="courtyard", purpose="听院坝里的话，办院坝里的事。", venue={"index": 1})
    send(office)
    says(office, "筹建", "还没有成员")
    for role, member in (("lead", town.members[0]), ("team", town.members[1])):
        step(office, "登记成员", "main", role=role, member=member.pk, since=today.isoformat())
    step(office, "登记成员", "main", role="team", name="隆昌委员", level="county", body="政协隆昌市委员会", since=today.isoformat())
    press(office, "对照标准检查")
    for words in ("有阵地", "有标识", "统一标识"):
        office.get_by_label(words, exact=True).check()
    send(office)
    says(office, "还缺：有制度、有流程、有活动、有成效")
    step(office, "启用", "main", on=today.isoformat())
    says(office, "运行")
    record = office.url

    # 2. The lead signs in, sets the hours, and receives somebody whose matter goes on: a receipt code to take home.
    lead = open_as(people)
    lead.goto("/desk/")
    press(lead, "委员工作室", ".rail")
    press(lead, "GZ001")
    press(lead, "定值守时间")
    fill(lead, hours="每周三下午")
    send(lead)
    says(lead, "看不懂这一行")
    fill(lead, hours="周三 14:30-17:00 赶场天\n周五 9:00-11:30")
    send(lead)
    says(lead, "周三 14:30–17:00", "周五 09:00–11:30")
    press(lead, "接待群众")
    fill(lead, matter="田坎上的便道垮了一截，牛过不去。", visitors=2, name="宪某", phone="13812345678")
    lead.get_by_label("登记为民声，接着办").check()
    send(lead)
    says(lead, "请把查询码交给反映人")
    receipt = receipt_code(lead)
    assert len(receipt) == 26
    press(lead, "回到工作室")
    says(lead, "田坎上的便道垮了一截", "最近 1 次，不记姓名")
    press(lead, "接待群众")
    fill(lead, matter="问医保在哪里缴", outcome="当场教会了手机上缴。")
    lead.get_by_label("当场答复了").check()
    send(lead)
    says(lead, "最近 2 次，不记姓名")

    # 3. What was done: two activities with who took part, a line of the log, a promise and that it was kept.
    for kind, title, photos in (("publicity", "讲医保缴费", photo_file(tmp_path)), ("inspection", "看便道修得怎样", [])):
        step(
            lead, "记活动", "main", kind=kind, on=today.isoformat(), title=title, summary="大家都来了。", people=23,
            photos=photos,
        )
    step(lead, "写日志", "main", text="值守半天，来了三个人。")
    step(lead, "作承诺", "main", text="把指路牌换成大字的", due_on=(today + dt.timedelta(days=30)).isoformat())
    press(lead, "报告承诺兑现")
    fill(lead, promise={"index": 1}, report="牌子换好了，字有巴掌大。")
    send(lead)
    says(lead, "已兑现", "值守半天", "讲医保缴费", "未公开")

    # 4. The reviewer opens an activity with its picture, and the promise; the other activity stays inside.
    reviewer = open_as(town.reviewer)
    reviewer.goto("/desk/")
    reviewer.get_by_role("link", name="讲医保缴费").first.click()
    fill(reviewer, title="讲医保缴费，找 13812345678")
    send(reviewer)
    says(reviewer, "疑似个人信息")
    fill(reviewer, title="讲医保缴费")
    reviewer.locator("main [name='photos']").first.check(force=True)
    send(reviewer)
    press(reviewer, "公开承诺")
    reviewer.locator("main [name='promise']").first.check(force=True)
    send(reviewer)
    says(reviewer, "已公开")

    # 5. Anybody, with a phone, without scripts: who, when, what was done, what was promised and kept.
    phone = open_as(scripts=False)
    phone.goto("/studios/")
    press(phone, ROOM)
    says(phone, "听院坝里的话", "隆昌委员", "周三 14:30–17:00", "讲医保缴费", "把指路牌换成大字的", "已兑现", "023-46780000")
    text = phone.locator("body").inner_text()
    for hidden in ("看便道修得怎样", "牛过不去", "值守半天", "13812345678", "巴掌大", "赶场天"):
        assert hidden not in text, hidden
    assert phone.locator("main .photos img").count() == 1
    press(phone, f"{today.year} 年")
    says(phone, f"{today.year} 年做了什么", "没有逐条公开的", "在这里反映的事：审看中 1 件")

    # 6. The pages look as they should: nothing sticks out, axe is content, on a phone, in elder mode and on a desk.
    for size, mode in ((PHONE, "normal"), (PHONE, "elder"), (DESK, "normal")):
        page = open_as(size=size, mode=mode)
        for path in ("/studios/", "/studios/GZ001/", f"/studios/GZ001/{today.year}/"):
            page.goto(path)
            check(page, f"{path} {size['width']} {mode}")
    for size in (PHONE, DESK):
        lead.set_viewport_size(size)
        for path in ("", f"year/{today.year}/"):
            lead.goto(record + path)
            check(lead, f"{path} {size['width']}")
    office.set_viewport_size(PHONE)
    base = record.replace("/desk/studios/", "/desk/do/studio/")
    for path in ("/desk/studios/", "/desk/studios/standards/", "/desk/studios/new/", base + "add_activity/", base + "check/"):
        office.goto(path)
        check(office, path)
    with within(town.committee):
        assert (Activity.objects.count(), Reception.objects.count()) == (2, 2)
        assert Promise.objects.get().kept_on == today and Activity.objects.exclude(published_on=None).count() == 1
