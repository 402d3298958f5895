"""The lamp thread walked by six people, from scanning the wall code to the rated card."""

import datetime as dt

from shangliang.people.tenancy import within
from shangliang.shared import clock
from shangliang.venues import commands as venues
from shangliang.venues.codes import address

from .hands import fill, photo_file, press, receipt_code, says, send, step


def test_six_people_walk_the_lamp_thread(town, open_as, tmp_path):
    # 1. A villager scans the code on the courtyard's wall and says what is the matter.
    with within(town.committee):
        code = venues.issue_wall_code(by=town.office, venue=town.courtyard)
        path = "/q/" + address(code).rsplit("/q/", 1)[1]
    phone = open_as()
    phone.goto(path)
    says(phone, "毛万二小院")
    phone.locator("main a[href$='/report/']").first.click()
    fill(phone, text="院坝到大路没有路灯，天黑了老人不敢出门。", name="宪某", phone="13812345678")
    fill(phone, photos=photo_file(tmp_path, "dark.jpg", (20, 24, 40)))
    send(phone)
    says(phone, "收到了")
    receipt = receipt_code(phone)
    assert len(receipt) == 26

    # 2. The liaison of the street makes it a topic and reports it for approval.
    desk = open_as(town.liaison)
    desk.goto("/desk/")
    desk.get_by_role("link", name="院坝到大路没有路灯").first.click()
    step(desk, "转为议题", ".part[id^=voice]", title="毛万二小院安装路灯", summary="夜间出行不便。", category="service")
    for words in ("开始初核", "入库", "报党委审定"):
        step(desk, words, ".part[id^=topic]")
    case = desk.url.split("/cases/")[1].split("/")[0]

    # 3. The Party committee's desk enters the approval.
    party = open_as(town.party)
    party.goto("/desk/")
    party.get_by_role("link", name="毛万二小院安装路灯").first.click()
    step(party, "登记审定结果", ".part[id^=topic]", body="安富街道党工委", decided_on=clock.today().isoformat())

    # 2. again: the consultation, its people, its minutes and the agreed item.
    desk.goto(f"/desk/cases/{case}/")
    now = clock.now() + dt.timedelta(hours=8, minutes=1)
    step(
        desk, "安排协商", ".part[id^=topic]", starts_at=f"{now:%Y-%m-%dT%H:%M}", carrier="courtyard",
        venue=town.courtyard.pk, host=town.liaison.pk, agenda="情况通报 10\n大家商量 40",
    )
    sitting = ".part[id^=consultation]"
    for name in ("毛某", "宪某", "李某"):
        step(desk, "登记参会人", sitting, role="stakeholder", name=name)
    step(desk, "登记参会人", sitting, role="town", unit=town.unit.pk, name="街道负责人")
    step(desk, "登记参会人", sitting, role="member", member=town.members[0].pk)
    press(desk, "发出通知", sitting)
    send(desk)
    says(desk, "通知时间不足", "委员不足")
    fill(desk, override="村民都在场，当天就商量。")
    send(desk)
    step(desk, "开始", sitting)
    press(desk, "登记到会", sitting)
    for box in desk.locator("main [name=present]").all():
        box.check(force=True)
    send(desk)
    step(desk, "结束并确认召开", sitting)
    says(desk, "5 人次", "其中利益相关方 3 人")
    step(
        desk, "写一项约定", sitting, kind="consensus", text="在毛万二小院至村道安装太阳能路灯六盏。", party="unit",
        unit=town.unit.pk, due_on=(clock.today() + dt.timedelta(days=30)).isoformat(),
    )
    step(desk, "起草纪要", sitting, situation="已看过现场，需六盏灯。", positions="群众：装在路口。")
    step(desk, "送各方确认", sitting)
    for side in ("host", "residents", "responsible"):
        step(desk, "登记确认", sitting, side=side, name="签字人", method="signed")
    step(desk, "签发纪要", sitting)
    step(desk, "报送党委政府", sitting, to="安富街道党工委、办事处")

    # 4. The committee's office assigns the item.
    office = open_as(town.office)
    office.goto(f"/desk/cases/{case}/")
    step(office, "交办", ".part[id^=agreement]")

    # 5. The unit's clerk signs for it, reports and answers with a picture of the lit lamps.
    clerk = open_as(town.clerk)
    clerk.goto("/desk/")
    clerk.get_by_role("link", name="在毛万二小院至村道安装太阳能路灯六盏。").first.click()
    assert "老人不敢出门" not in clerk.locator("body").inner_text()
    task = ".part[id^=task]"
    step(clerk, "签收", task)
    step(clerk, "记进展", task, text="灯杆已到货。")
    step(clerk, "答复", task, grade="A", text="六盏路灯已装好亮灯。", photos=photo_file(tmp_path))
    office.goto(f"/desk/cases/{case}/")
    step(office, "开始审核", task)
    step(office, "审核通过", task, words="六盏路灯已装好，天黑自动亮。")

    # 6. The reviewer opens the public page, with the picture and masked words.
    reviewer = open_as(town.reviewer)
    reviewer.goto(f"/desk/cases/{case}/")
    press(reviewer, "公开")
    for box in reviewer.locator("main [name=photos]").all():
        box.check(force=True)
    fill(reviewer, title="毛万二小院装路灯", summary="打电话给13812345678")
    send(reviewer)
    says(reviewer, "疑似个人信息")
    fill(reviewer, summary="小院到村道没有路灯，夜里出行不便。")
    send(reviewer)
    says(reviewer, "已公开")

    # 1. again: the villager sees the light and says whether it is good.
    phone.goto("/receipt/")
    phone.locator("main [name=code]").fill(" ".join(receipt[n : n + 4] for n in range(0, 26, 4)))
    send(phone)
    says(phone, "六盏路灯已装好")
    phone.locator("main [name=value][value=satisfied]").check(force=True)
    press(phone, "就这样评")
    says(phone, "满意")

    stranger = open_as()
    stranger.goto(f"/cases/{case}/")
    says(stranger, "毛万二小院装路灯", "安富街道办事处", "满意", "太阳能路灯六盏")
    text = stranger.content()
    for secret in ("13812345678", "宪某", "老人不敢出门", receipt):
        assert secret not in text
    assert stranger.locator("main img").count() >= 1
    card = stranger.request.get(f"/cases/{case}/card.pdf")
    assert card.ok and card.body()[:5] == b"%PDF-"
