"""A salon to its policy: planned, held and summed up, written as a report, carried to a policy in force, and read."""

import datetime as dt

import pytest

from shangliang.conversions.models import Conversion
from shangliang.people import commands as people
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.research.models import Report
from shangliang.salons.models import Salon
from shangliang.shared import clock
from tests import factories

from .conftest import PHONE
from .hands import fill, press, says, send

TEXT = """一、难处
小厂拿不出抵押物。
二、建议
建议设立产业融资担保。建议成立眼镜产业协会。"""


@pytest.fixture
def writer(account, committee):
    """The member who writes the report."""
    return account(Role.MEMBER, member=factories.member(committee, name="执笔委员"), name="执笔委员")


def step(page, verb, **fields):
    """Take one step of a record; fails with what the page said against it."""
    press(page, verb)
    if "/do/" in page.url:
        fill(page, **fields)
        send(page)
    assert "/do/" not in page.url, page.locator("main").inner_text()


def hold_salon(town, desk, office_pk):
    """From the plan to the summary, on one page after the other."""
    desk.goto("/desk/salons/")
    press(desk, "筹备一次沙龙")
    fill(desk, series="economy", theme="眼镜产业发展", question="怎么留得住？", place="产业园会议室")
    fill(desk, office=office_pk, starts_at=f"{clock.today():%Y-%m-%d}T00:10")
    send(desk)
    # A line that nobody can read is told by its number, and what was typed stays.
    press(desk, "邀请来宾")
    fill(desk, members=[member.pk for member in town.members[:2]], units=[town.unit.pk], others="隔壁老王")
    send(desk)
    says(desk, "第 1 行看不懂")
    fill(desk, others="企业 某镜架厂\n群众 张三丰")
    send(desk)
    says(desk, "委员 邀请 2", "企业 邀请 1", "群众 邀请 1")
    step(desk, "发出通知")
    press(desk, "签到")
    for box in desk.locator("main [name=present]").all()[:3]:
        box.check(force=True)
    send(desk)
    step(desk, "登记已举办")
    step(desk, "记发言要点", kind="measure", points="成立领导小组。\n组建招商专班。", made_by="企业代表")
    step(desk, "记发言要点", kind="suggestion", points="成立协会。")
    step(desk, "写小结", summary="要有人牵头，要有政策。", next_steps="写成调研报告。")
    says(desk, "措施 2 条", "建议 1 条", "要有人牵头，要有政策。")


def write_report(town, writer, desk, open_as):
    """The member writes, the office reads, both papers can be taken home."""
    mine = open_as(writer)
    salon = Salon.objects.get()
    mine.goto(f"/desk/research/new/?salon={salon.pk}")
    assert mine.locator("[name=salon]").input_value() == str(salon.pk)
    assert mine.locator("[name=lead]").input_value() == str(writer.member_id)
    fill(mine, title="推动眼镜产业高质量发展的调研报告")
    send(mine)
    step(mine, "写报告", text=TEXT)
    step(mine, "送审")
    assert mine.get_by_role("link", name="写审稿意见", exact=True).count() == 0
    desk.goto("/desk/")
    press(desk, "推动眼镜产业高质量发展的调研报告")
    step(desk, "写审稿意见", verdict="pass", words="同意定稿。")
    step(desk, "定稿")
    step(desk, "登记报送", to="区委、区政府")
    with desk.expect_download() as paper:
        desk.get_by_role("link", name="下载 Word").click()
    assert paper.value.suggested_filename.endswith(".docx")


def climb(desk):
    """Up the ladder; an adoption without a paper and a figure without a source are refused beside their fields."""
    press(desk, "登记一项成果")
    assert desk.locator("[name=title]").input_value() == "推动眼镜产业高质量发展的调研报告"
    fill(desk, title="眼镜产业惠企政策")
    send(desk)
    press(desk, "登记提交")
    assert desk.locator("[name=to]").input_value() == "区委、区政府"
    send(desk)
    step(desk, "登记研究", meeting="眼镜产业园发展专题会", minutes_no="演示〔2026〕纪3号")
    press(desk, "登记采纳")
    fill(desk, body="区委、区政府", words="五项建议全部吸收。")
    send(desk)
    says(desk, "没有文号就不能登记采纳")
    assert desk.locator("[name=words]").input_value() == "五项建议全部吸收。"
    fill(desk, paper_no="演示〔2026〕1号")
    send(desk)
    step(desk, "记一项落实举措", kind="leading_group", title="产业园领导小组", on=clock.today(), head="区委书记任组长")
    step(
        desk, "报告句对应政策条", sentence="2", policy="惠企政策（演示）", clause_no="第五条", clause_text="给予担保。",
        effect="小厂能贷款。",
    )  # fmt: skip
    step(desk, "登记出台实施", body="区政府办公室", paper_no="演示〔2026〕9号")
    press(desk, "记一笔效益")
    year = clock.today().year - 1
    fill(desk, kind="firms", amount="25", period_from=dt.date(year, 1, 1), period_to=dt.date(year, 12, 31))
    send(desk)
    says(desk, "没有来源的数字不能登记")
    assert desk.locator("[name=amount]").input_value() in {"25", "25.00"}
    fill(desk, source="演示报表")
    send(desk)
    step(desk, "登记成效", words="企业融资有了门路。", body="经济委员会")
    says(desk, "现在在这一级", "25 家企业", "来源：演示报表", "建议设立产业融资担保。")


def test_a_salon_to_its_policy(town, writer, open_as):
    with within(town.committee):
        office = people.add_office(by=town.office, committee=town.committee, name="经济委员会")
        desk = open_as(town.office)
        hold_salon(town, desk, office.pk)
        write_report(town, writer, desk, open_as)
        climb(desk)
        result, salon = Conversion.objects.get(), Salon.objects.get()
        assert Report.objects.get().state == "delivered"

        # Nobody else sees any of it before the reviewer has read it.
        anyone = open_as()
        assert anyone.goto(f"/results/{result.pk}/").status == 404
        reviewer = open_as(town.reviewer)
        for address in (f"/desk/salons/{salon.pk}/", f"/desk/conversions/{result.pk}/"):
            reviewer.goto(address)
            press(reviewer, "公开")
            if "conversion" in address:
                fill(reviewer, summary="沙龙里的建议变成了惠企政策。")
            send(reviewer)
            says(reviewer, "已公开")

    anyone.goto("/salons/")
    press(anyone, "眼镜产业发展")
    says(anyone, "成立领导小组。", "企业代表", "要有人牵头，要有政策。")
    for name in ("张三丰", "某镜架厂", town.members[0].name):
        assert name not in anyone.content()
    anyone.goto("/results/")
    press(anyone, "眼镜产业惠企政策")
    says(anyone, "眼镜产业园发展专题会", "演示〔2026〕1号", "产业园领导小组", "给予担保。", "25 家企业", "来源：演示报表")
    for size in (PHONE, {"width": 1440, "height": 900}):
        anyone.set_viewport_size(size)
        wide = anyone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{size['width']} px: {wide} px too wide"
