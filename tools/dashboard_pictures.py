"""Take the pictures in docs/dashboard from a running demo, each below 150 kB.

    python -m tools.dashboard_pictures http://127.0.0.1:8000
"""

import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "dashboard"
#: Name → address, width, height, face, and the height at which the picture is cut.
SHOTS = {
    "desk-1280": ("/dashboard/", 1280, 900, "normal", 2600),
    "phone-360": ("/dashboard/", 360, 740, "normal", 3000),
    "elder-360": ("/dashboard/", 360, 740, "elder", 3000),
    "wall-1920": ("/dashboard/?wall=1", 1920, 1080, "normal", 1080),
    "fairness-1280": ("/fairness/", 1280, 900, "normal", 2400),
    "fairness-360": ("/fairness/", 360, 740, "normal", 3000),
}
MOST = 150_000


def main(address: str) -> None:
    """Open each page as its readers do, and keep what they see."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, width, height, mode, cut) in SHOTS.items():
            page = _open(chromium, address, path, {"width": width, "height": height}, mode)
            _keep(name, page.screenshot(full_page=True), cut)
        page = _open(chromium, address, "/dashboard/", {"width": 1280, "height": 900}, "normal")
        _keep("print", _sheets(page.pdf(format="A4")), 1200)
        chromium.close()


def _open(chromium, address, path, size, mode):
    context = chromium.new_context(viewport=size, base_url=address, locale="zh-CN")
    context.add_cookies([{"name": "mode", "value": mode, "url": address}])
    page = context.new_page()
    page.goto(path, wait_until="networkidle")
    return page


def _sheets(paper: bytes) -> bytes:
    """The sheets of a PDF side by side, by poppler's pdftoppm."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(paper)
        subprocess.run(["pdftoppm", "-r", "72", "-png", path, path.with_suffix("")], check=True)
        sheets = [Image.open(one).convert("RGB") for one in sorted(Path(folder).glob("*.png"))]
        wide = Image.new("RGB", (sum(one.width + 12 for one in sheets), sheets[0].height), "grey")
        for number, sheet in enumerate(sheets):
            wide.paste(sheet, (number * (sheet.width + 12), 0))
        out = BytesIO()
        wide.save(out, "png")
        return out.getvalue()


def _keep(name: str, picture: bytes, cut: int) -> None:
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, cut)))
    for quality in (80, 65, 50, 35):
        out = BytesIO()
        image.save(out, "jpeg", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST:
            break
    (FOLDER / f"{name}.jpg").write_bytes(out.getvalue())


if __name__ == "__main__":
    main(sys.argv[1])
