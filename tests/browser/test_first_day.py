"""The first day of a real installation, in a browser: from the first administrator's link to a register in use."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from shangliang.people import commands
from shangliang.people.actors import CLOCK
from shangliang.people.models import ContactLink, Member, Unit
from shangliang.people.tenancy import within
from tests import factories

from .conftest import DESK, PHONE
from .hands import fill, press, says, send
from .test_screens import check

SHEET = "名称,类别,镇街\n安富街道办事处,镇街,\n区城市管理局,区级部门,\n某所,看不懂,\n".encode("gb18030")


def code_of(secret: str) -> str:
    """The code of this half-minute; near its end we wait for the next, or the code is old when it arrives."""
    if time.time() % 30 > 20:
        time.sleep(30 - time.time() % 30)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_password(page, link, username, password):
    """What everybody does with an invitation."""
    page.goto(link[link.index("/people/"):])
    fill(page, password=password, again=password)
    send(page)
    fill(page, login=username, password=password)
    send(page)


def unfold(page, words, **fields):
    page.locator("main summary", has_text=words).click()
    fill_in_open(page, **fields)


def fill_in_open(page, **fields):
    """Fill in the form that stands open and send it."""
    for name, value in fields.items():
        field = page.locator(f"details[open] [name='{name}']")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(**(value if isinstance(value, dict) else {"value": value}))
        else:
            field.fill(value)
    page.locator("details[open] button[type=submit]").click()
    page.wait_for_load_state()


def test_from_the_first_link_to_a_register_in_use(live_server, committee, county, open_as):
    guard = factories.security_admin(committee)
    with within(committee):
        first = commands.sign_in_link(by=CLOCK, account=guard)
    page = open_as(size=DESK)
    set_password(page, first, guard.username, "lvse-jintian-dengguang")
    says(page, "管理员必须先设好两步验证")
    fill(page, password="lvse-jintian-dengguang")
    send(page)
    fill(page, code=code_of(re.sub(r"\s", "", page.locator(".receipt-code").inner_text())))
    send(page)
    assert page.locator("main code").count() == 10
    press(page, "收好了")
    press(page, "账号与角色", ".rail")
    unfold(page, "开立账号", username="zhengxieban", name="李主任")
    invitation = page.locator("main code").inner_text()
    unfold(page, "授予角色", role="committee_office")
    says(page, "角色已授予", "政协办公室")

    office = open_as(size=DESK)
    set_password(office, invitation, "zhengxieban", "hongse-mingtian-shuiku")
    register_by_hand_and_from_a_sheet(office)
    link_and_hand_over(office)
    for size in (PHONE, DESK):
        office.set_viewport_size(size)
        for name in ["", "import/", "units/", "members/", "links/?kind=member_courtyard"]:
            office.goto(f"/people/register/{name}")
            check(office, f"register/{name}")
    with within(committee):
        assert Unit.objects.count() == 2 and Member.objects.count() == 2
        ended, running = ContactLink.objects.order_by("pk")
        assert ended.until and running.until is None and running.venue_id == ended.venue_id
    page.goto(page.url)
    unfold(page, "授予角色", role="unit_clerk", unit={"label": "安富街道办事处"})
    says(page, "安富街道办事处承办单位")


def register_by_hand_and_from_a_sheet(office):
    press(office, "机构与委员", ".rail")
    press(office, "导入表格")
    office.set_input_files("#id_units_file", {"name": "单位.csv", "mimeType": "text/csv", "buffer": SHEET})
    office.locator("form:has(#id_units_file) button[type=submit]").click()
    office.wait_for_load_state()
    says(office, "能登记 2 行，不能登记 1 行", "类别看不懂")
    press(office, "登记这 2 行")
    says(office, "登记了 2 行")
    office.goto("/people/register/members/")
    fill_in_open(office, name="张三", sector="农业界", term="15", term_from="2022-01-10")
    unfold(office, "登记一个", name="李四", sector="教育界")
    says(office, "已登记：李四", "委员，共 2")


def link_and_hand_over(office):
    press(office, "场所", ".rail")
    unfold(
        office, "登记场所", code="XY0001", kind="courtyard", name="毛万二小院", region={"label": "安富街道普陀村"}
    )
    office.goto("/people/register/links/?kind=member_courtyard")
    fill_in_open(
        office, member={"label": "张三（农业界，第15届）"}, venue={"label": "安富街道普陀村毛万二小院"},
        since="2023-05-12",
    )
    press(office, "结束或交接")
    fill(office, successor={"label": "李四（教育界，第15届）"}, why="换届")
    send(office)
    says(office, "已交接")
