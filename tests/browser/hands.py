"""What hands do on a page: press a button by its words, fill in fields by name, read what it says."""

import re
from pathlib import Path

from tests.journeys.walk import picture

#: How often a page is read again that does not say yet what it should.
PATIENCE = 25


def press(page, words: str, within: str = "main"):
    """Press the button or link with exactly these words, and wait for the page that follows."""
    target = page.locator(within).get_by_role("button", name=words, exact=True)
    if target.count() == 0:
        target = page.locator(within).get_by_role("link", name=words, exact=True)
    target.first.click()
    page.wait_for_load_state()


def fill(page, **fields):
    """Fill in fields by name: text, choice by value or label, ticks, days."""
    for name, value in fields.items():
        field = page.locator(f"main [name='{name}']").first
        kind = field.evaluate("e => e.type || e.tagName.toLowerCase()")
        if kind in ("radio", "checkbox"):
            values = value if isinstance(value, list) else [value]
            for each in values:
                page.locator(f"main [name='{name}'][value='{each}']").check(force=True)
        elif kind.startswith("select"):
            field.select_option(**(value if isinstance(value, dict) else {"value": str(value)}))
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))


def send(page):
    """Press the one big button of a form."""
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_load_state()


def step(page, verb: str, part: str, **fields):
    """Take one step of a case file: open it, fill in its form, send it; fails with what the page said against it."""
    press(page, verb, part)
    if page.locator("main form.form").count() and "/do/" in page.url:
        fill(page, **fields)
        send(page)
    assert "/do/" not in page.url, page.locator("main").inner_text()


def says(page, *words: str):
    """The page says all this, within a few seconds: scripts may still be at work."""
    for left in reversed(range(PATIENCE)):
        text = page.locator("body").inner_text()
        missing = [word for word in words if word not in text]
        if not missing:
            return
        if left:
            page.wait_for_timeout(200)
    raise AssertionError(f"{missing} is not on {page.url}:\n{text[:3000]}")


def receipt_code(page) -> str:
    """The digits of the receipt as the page shows them."""
    return re.sub(r"\D", "", page.locator(".receipt").inner_text())[:26]


def photo_file(folder: Path, name="after.jpg", colour=(255, 220, 120)) -> str:
    """A picture on the disk, as a phone has it."""
    path = folder / name
    path.write_bytes(picture(name, colour).read())
    return str(path)
