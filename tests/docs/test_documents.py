"""What the written documents promise exists: commands, targets, variables, files, packages."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from shangliang.cli import main as cli
from shangliang.people.register_import import SHEETS

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
WRITTEN += sorted((ROOT / "docs").rglob("*.md"))
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in WRITTEN)
SOURCES = [*(ROOT / "src").rglob("*.py"), ROOT / "Makefile"]
relative = pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))


@relative
def test_every_link_leads_to_a_file(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not link.startswith("https://"):
            assert (path.parent / link).exists(), link


def test_every_command_of_the_documents_exists():
    named = set(re.findall(r"(?:`|bin/|^|\| )shangliang ([a-z_]+)", TEXT, re.MULTILINE))
    assert {"init", "serve", "tick", "verify", "migrate", "demo"} <= named
    assert named - set(cli.commands) - set(get_commands()) == set()
    assert set(cli.commands) - named == set()


def test_every_target_of_make_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", TEXT, re.MULTILINE))
    assert {"demo", "test", "setup"} <= named <= targets


def test_the_variables_of_the_documents_are_those_of_the_code():
    pattern = r"SHANGLIANG_[A-Z]+"
    known = {name for path in SOURCES for name in re.findall(pattern, path.read_text(encoding="utf-8"))}
    for path in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        assert set(re.findall(pattern, path.read_text(encoding="utf-8"))) == known
    assert set(re.findall(pattern, TEXT)) == known


def test_both_readmes_have_the_same_shape():
    shapes = []
    for path in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        text = path.read_text(encoding="utf-8")
        kinds = re.findall(r"^(## |\d+\. |\* |\| `|```)", text, re.MULTILINE)
        shapes.append((kinds, re.findall(r"^```sh\n.*?^```", text, re.MULTILINE | re.DOTALL)))
    assert shapes[0] == shapes[1]


def test_the_package_shows_the_readme():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["readme"] == "README.md"
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text()


def test_no_package_is_described_that_is_not_used():
    decision = (ROOT / "docs" / "decisions" / "0011-dependencies.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([a-z-]+)` \|", decision, re.MULTILINE)
    lines = (ROOT / "requirements" / "run.in").read_text().splitlines()
    required = {re.match(r"[a-z-]+", line)[0] for line in lines if line and not line.startswith("#")}
    assert len(described) > 10 and set(described) <= required


def test_every_decision_stands_in_the_index_and_has_its_three_parts():
    index = (ROOT / "docs/decisions/README.md").read_text()
    for path in (ROOT / "docs/decisions").glob("0*.md"):
        text = path.read_text()
        assert f"({path.name}) {text.splitlines()[0][7:]}" in index
        assert [line for line in text.splitlines() if line.startswith("## ")] == [
            "## Context", "## Decision", "## Consequence"
        ]


def test_the_columns_of_a_sheet_are_read_as_operations_says():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, needed in (("units", 3), ("members", 5)):
        (line,) = re.findall(rf"^\| {name} \| (.*?)(?:;|\|)", text, re.MULTILINE)
        words = re.sub(r"\([^)]*\)", "", line).split(",")
        fields = {SHEETS[name].columns.field_of(word) for word in words}
        assert None not in fields and len(fields) == needed
