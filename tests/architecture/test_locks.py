"""The locks hold on any machine: exact versions, hashes, and no trace of where they were made."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACES = [r"https?:", r"file:/", r"git\+", r" @ ", r"(^|[\s\"'=])(~|\.\.)?/\w", r"[A-Z]:\\"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)==(\S+) \\$")


def pins(lock: Path) -> dict[str, str]:
    found = (PIN.match(line) for line in lock.read_text().splitlines())
    return {match[1]: match[2] for match in found if match}


def names(requirements: list[str]) -> set[str]:
    """Bare names with extras, of lines such as ``django-allauth[mfa]>=65.21``."""
    return {re.match(r"[A-Za-z0-9_.-]+(\[[^]]*\])?", line)[0] for line in requirements}


def declared(name: str) -> list[str]:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def test_there_is_a_lock_for_each_declaration():
    declarations = {path.stem for path in (ROOT / "requirements").glob("*.in")}
    assert declarations == {path.stem for path in LOCKS} >= {"run", "build", "dev"}


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_no_lock_names_an_address_or_a_place_on_a_machine(lock):
    text = lock.read_text()
    for trace in TRACES:
        assert not re.search(trace, text, re.MULTILINE), trace


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_exact_and_hashed(lock):
    lines = lock.read_text().splitlines()
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    starts = [index for index, line in enumerate(kept) if not line.startswith(" ")]
    assert starts
    for start, end in zip(starts, [*starts[1:], len(kept)], strict=True):
        assert PIN.match(kept[start]), kept[start]
        hashes = kept[start + 1 : end]
        assert hashes, f"{kept[start]} has no hash"
        for line in hashes:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_the_locks_agree_with_each_other():
    everything = pins(ROOT / "requirements" / "dev.txt")
    for name in ("run.txt", "build.txt"):
        assert pins(ROOT / "requirements" / name).items() <= everything.items()


def test_the_package_declares_what_is_locked_for_running():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert names(project["dependencies"]) == names(declared("run.in"))


def test_npm_packages_have_hashes_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert fetched
    for name, entry in fetched.items():
        assert entry.get("integrity", "").startswith("sha512-"), name
        assert "resolved" not in entry, name
        assert "hasInstallScript" not in entry, f"{name} wants to run a script at install"
