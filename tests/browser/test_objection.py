"""An objection, an extension and a return, each decided by who assigned the task, each readable to everybody."""

import datetime as dt

from shangliang.cases import commands as cases
from shangliang.people.models import Unit
from shangliang.people.roles import Role
from shangliang.people.tenancy import within
from shangliang.shared import clock
from tests.journeys import walk

from .hands import fill, photo_file, press, says, send, step


def assigned_task(town):
    """The lamp thread up to the reported item three weeks ago, published, and assigned to the street today."""
    with within(town.committee):
        with clock.at(clock.now() - dt.timedelta(days=21)):
            voice, code = walk.report(town.committee, town.courtyard)
            agreement = walk.agreed(town.liaison, town.party, town.unit, town.members, town.courtyard, voice)
            voice.case.refresh_from_db()
            cases.publish(by=town.reviewer, case=voice.case, title="毛万二小院装路灯", summary="夜里出行不便。")
        walk.assigned(town.office, agreement, town.unit)
    return voice.case_no, code


def test_objection_extension_and_return(town, open_as, account, tmp_path):
    case, code = assigned_task(town)
    city = Unit.objects.get(name="区城市管理局")
    city_clerk = account(Role.UNIT_CLERK, unit=city)
    task = ".part[id^=task]"

    # The street objects; the button of the reply is gone until the office decides.
    street = open_as(town.clerk)
    street.goto(f"/desk/cases/{case}/")
    step(street, "提出异议", task, reason="路灯由城市管理部门负责。", suggests=city.pk)
    says(street, "有异议", "待交办单位决定")
    assert street.get_by_role("link", name="答复", exact=True).count() == 0

    # A page opened before that still offers the old button; pressing it is answered in words.
    office = open_as(town.office)
    office.goto(f"/desk/cases/{case}/")
    stale = open_as(town.office)
    stale.goto(f"/desk/cases/{case}/")
    step(office, "异议成立，改派", task, why="职责清单第三条。")
    press(stale, "异议不成立", task)
    fill(stale, why="仍由街道办理。")
    send(stale)
    says(stale, "刚才已有变化")
    assert stale.locator("[name=why]").input_value() == "仍由街道办理。"

    # The city's bureau takes it, asks for more days, and the date moves for everybody to see.
    bureau = open_as(city_clerk)
    bureau.goto("/desk/")
    bureau.get_by_role("link", name="在毛万二小院至村道安装太阳能路灯六盏。").first.click()
    step(bureau, "签收", task)
    press(bureau, "申请延期", task)
    fill(bureau, days=45, reason="灯杆要定制。")
    send(bureau)
    says(bureau, "延期最多 30 天")
    fill(bureau, days=10)
    send(bureau)
    says(bureau, "申请延期 10 天")
    office.goto(f"/desk/cases/{case}/")
    step(office, "同意延期", ".part[id^=task]:has-text('区城市管理局')", why="同意。")

    # A reply without evidence is refused beside its field; with it, the office sends it back once and then accepts.
    bureau.reload()
    press(bureau, "答复", task)
    fill(bureau, grade="A", text="已装好。")
    send(bureau)
    says(bureau, "A 类答复要附办理后的照片")
    assert bureau.locator("[name=text]").input_value() == "已装好。"
    fill(bureau, photos=photo_file(tmp_path))
    send(bureau)
    mine = ".part[id^=task]:has-text('区城市管理局')"
    office.goto(f"/desk/cases/{case}/")
    step(office, "开始审核", mine)
    step(office, "退回重办", mine, why="还有两盏不亮。")
    bureau.goto(f"/desk/cases/{case}/")
    says(bureau, "退回重办")
    step(bureau, "答复", task, grade="A", text="六盏都亮了。", photos=photo_file(tmp_path))
    office.goto(f"/desk/cases/{case}/")
    step(office, "开始审核", mine)
    step(office, "审核通过", mine, words="六盏路灯都亮了。")

    # The villager is not satisfied: the bureau works on it again, and the public page tells all of it.
    phone = open_as()
    phone.goto("/receipt/")
    phone.locator("main [name=code]").fill(code)
    send(phone)
    phone.locator("main [name=value][value=not]").check(force=True)
    press(phone, "就这样评")
    says(phone, "不满意")
    public = open_as()
    public.goto(f"/cases/{case}/")
    says(public, "提出异议", "改派区城市管理局", "同意延期", "退回重办", "不满意", "职责清单第三条")
