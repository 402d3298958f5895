"""A year on paper comes in through the browser, and a claim of the press settles by exactly what was proved."""

import time

from shangliang.backfill import intake
from shangliang.claims.commands import enter
from shangliang.people.tenancy import within
from tests.backfill.conftest import messy

from .conftest import PHONE
from .hands import fill, press, says, send
from .test_screens import check

#: Remembers the words that come to stand beside the button; while a form is on its way nothing can be asked of the page.
REMEMBER = """new MutationObserver(() => {
  const said = document.querySelector('.working');
  if (said) { sessionStorage.setItem('said', said.textContent); }
}).observe(document, { childList: true, subtree: true, characterData: true })"""


def claimed(page) -> list[str]:
    """Said, proved and difference of the one claim on the public page."""
    page.goto("/claims/")
    return page.locator("table.data tbody td.num").all_inner_texts()


def test_a_messy_year_comes_in_and_the_claim_settles(town, open_as, tmp_path, village, other_village):
    with within(town.committee):
        enter(by=town.office, committee=town.committee, figure="attendances", number=100, words="参与人数100人次",
              source="某报 2023-01-20")  # fmt: skip
    public, desk = open_as(), open_as(town.office)
    assert claimed(public) == ["100", "0", "100"]

    path = tmp_path / "2022.xlsx"
    path.write_bytes(messy())
    desk.goto("/desk/")
    press(desk, "补录", ".rail")
    fill(desk, kind="consultation", file=str(path))
    send(desk)
    says(desk, "第 1 步", "2022年协商活动台账")
    check(desk, "backfill-map")
    send(desk)
    says(desk, "可以补录 3 行，不能补录 2 行", "与第 4 行相同", "差 12", "什么都还没有计数")
    check(desk, "backfill-check")
    assert claimed(public) == ["100", "0", "100"]

    desk.locator("select[name^=places_]").select_option(label=village.full_name)
    press(desk, "就这样认定")
    says(desk, "可以补录 4 行，不能补录 1 行", "+76")
    fill(desk, proof="办公室台账第 3 本")
    press(desk, "补录这 4 行")
    says(desk, "补录了 4 条", "签字纪要", "照片", "报道", "说明")
    check(desk, "backfill-done")
    assert claimed(public) == ["100", "76", "24"]
    says(public, "补录 76（签字纪要 30、照片 25、报道 9、说明 12）")
    check(public, "claims")
    public.goto("/figures/attendances/")
    says(public, "系统内记录 0 · 补录 76", "补录的以前的记录", "报道怎么说")
    check(public, "figure-past")

    phone = open_as(town.office, size=PHONE)
    phone.goto(desk.url)
    check(phone, "backfill-phone")
    desk.locator("details", has_text="整批撤回").locator("summary").first.click()
    desk.locator("form[action$='/undo/'] [name=why]").fill("换一份更全的")
    desk.locator("form[action$='/undo/'] button[type=submit]").click()
    says(desk, "整批撤回了")
    assert claimed(public) == ["100", "0", "100"]


def test_what_takes_more_than_a_second_says_that_it_is_being_done(town, open_as, monkeypatch):
    read = intake.read
    monkeypatch.setattr(intake, "read", lambda **told: (time.sleep(3), read(**told))[1])
    desk = open_as(town.office)
    desk.add_init_script(REMEMBER)
    desk.goto("/desk/backfill/")
    fill(desk, kind="consultation", text="日期\t地点\n2022-05-08\t毛万二小院")
    assert desk.evaluate("sessionStorage.getItem('said')") is None
    send(desk)
    desk.wait_for_url("**/desk/backfill/*/")
    assert desk.evaluate("sessionStorage.getItem('said')") == "正在办，请别关这一页"
    assert desk.locator(".working").count() == 0
