"""The tutorial is true: its steps are applied to a copy of the tree, word for word, and its own test is green there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "first-feature.md"
STEP = re.compile(r"^\*\*(?P<what>[^*]+)\*\*\s*\n\n```\w*\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"^(?P<how>In|At the end of|Create) `(?P<path>[^`]+)`,? ?(?P<where>after|before|replace|append)?$")


def steps(text: str) -> list[tuple[str, str]]:
    """(instruction, code) of every fenced block that stands under an instruction in bold."""
    return [(match["what"], match["code"]) for match in STEP.finditer(text)]


def apply(steps, root: Path):
    """Do what the instructions say to the files under ``root``; each command to run is given back in its turn."""
    waiting = None
    for what, code in steps:
        if what == "Run":
            yield code
        elif what in ("insert", "with"):
            path, where, anchor = waiting
            edit(root / path, where, anchor, code)
            waiting = None
        else:
            place = PLACE.match(what)
            assert place and waiting is None, f"not understood: {what}"
            if place["where"] in ("after", "before", "replace"):
                waiting = place["path"], place["where"], code
            else:
                write(root / place["path"], code, new=place["how"] == "Create")
    assert waiting is None


def edit(path: Path, where: str, anchor: str, code: str) -> None:
    """Insert or replace at the only place that holds ``anchor``: whole lines, or for a replacement a part of a line."""
    if where == "replace":
        anchor, code = anchor.strip("\n"), code.strip("\n")
    text = path.read_text()
    found = list(re.finditer(("" if where == "replace" else "^") + re.escape(anchor), text, re.MULTILINE))
    assert len(found) == 1, f"{path.name} holds {len(found)} times:\n{anchor}"
    new = {"after": anchor + code, "before": code + anchor, "replace": code}[where]
    path.write_text(text[: found[0].start()] + new + text[found[0].end() :])


def write(path: Path, code: str, *, new: bool) -> None:
    """Create a file, or append to one that exists."""
    assert path.exists() != new, path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as out:
        out.write(code)


@pytest.fixture
def tree(tmp_path):
    """A copy of what the tutorial touches, without what was built."""
    ignore = shutil.ignore_patterns("__pycache__", "screens")
    for name in ("src", "tests", "tools", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    for name in ("pyproject.toml", "GLOSSARY.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(command: str, tree: Path) -> None:
    """Run a line of the tutorial in the copy, with the programs of this environment and no other database."""
    words = command.split()
    words[0] = words[0].replace(".venv/bin", str(Path(sys.executable).parent))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    environment |= {
        "PYTHONPATH": str(tree / "src"), "SHANGLIANG_HOME": str(tree / "home"), "SHANGLIANG_DATABASE": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(words, cwd=tree, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def test_every_code_block_of_the_tutorial_stands_under_an_instruction():
    text = TUTORIAL.read_text()
    assert len(steps(text)) == len(re.findall(r"^```\w+$", text, re.MULTILINE)) > 10


@pytest.mark.slow
def test_who_follows_the_tutorial_ends_with_a_working_verb(tree):
    commands = list(steps(TUTORIAL.read_text()))
    ran = 0
    for line in apply(commands, tree):
        run(line, tree)
        ran += 1
    assert ran == 3
    assert list((tree / "src/shangliang/tasks/migrations").glob("*_note_contact.py"))
    assert "note_contact" in (tree / "GLOSSARY.md").read_text()


def test_an_anchor_that_is_gone_or_stands_twice_is_noticed(tmp_path):
    path = tmp_path / "some.py"
    for text in ("", "one\none\n"):
        path.write_text(text)
        with pytest.raises(AssertionError):
            edit(path, "after", "one\n", "two\n")
