"""The rules of style are tests, not wishes: each one here guards a promise of docs/decisions/0001."""

import ast
import inspect
import re
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from shangliang import wiring
from shangliang.journal.events import EVENTS, event

SOURCE = Path(import_module("shangliang").__file__).parent
MODULES = sorted(
    path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts
)
OURS = [config for config in apps.get_app_configs() if config.name.startswith("shangliang.")]
WITH_MOVES = [model for model in apps.get_models() if hasattr(model, "MOVES")]
WITH_COMMANDS = [
    config.name for config in OURS
    if (Path(config.path) / "commands.py").exists() or (Path(config.path) / "commands").is_dir()
]

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "set", "add", "remove", "clear",
}
#: Who else writes, and why: path → names of writing calls.
WRITERS = {
    "shared/lifecycle.py": "the guarded update itself",
    "journal/record.py": "writes the entries of a command",
    "journal/erase.py": "erases the salted values for a command",
    "journal/once.py": "remembers a submission for a command",
    "journal/outbox.py": "marks deliveries as done",
    "cases/listeners.py": "the projection of the journal on the case",
    "partnerships/saying.py": "enters a statement for a command, of our side or of a neighbour",
    "ledgers/filling.py": "writes a workbook of another office, no record",
    "partnerships/effects.py": "what a statement changes, on both copies alike",
}


#: Functions that change files on the disk and no record.
ON_DISK = {("files/commands.py", "sweep_orphans")}


def relative(path):
    return str(path.relative_to(SOURCE))


def commands_of(app):
    module = import_module(f"{app}.commands")
    return {
        name: thing for name, thing in vars(module).items()
        if inspect.isfunction(thing) and getattr(thing, "is_command", False)
        and inspect.unwrap(thing).__module__.startswith(f"{app}.commands")
    }


@pytest.mark.parametrize("app", WITH_COMMANDS)
def test_every_command_is_keyword_only_and_starts_with_by(app):
    found = commands_of(app)
    assert found
    for name, command in found.items():
        parameters = list(inspect.signature(inspect.unwrap(command)).parameters.values())
        assert parameters[0].name == "by", f"{app}.{name}"
        assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters), f"{app}.{name}"
        assert inspect.getdoc(inspect.unwrap(command)), f"{app}.{name} has no docstring"


@pytest.mark.parametrize("app", WITH_COMMANDS)
def test_every_public_function_of_commands_is_a_command(app):
    package = Path(import_module(f"{app}.commands").__file__)
    files = package.parent.glob("*.py") if package.name == "__init__.py" else [package]
    for path in files:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                marks = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
                on_disk = (relative(path), node.name) in ON_DISK
                assert on_disk or "command" in marks, f"{relative(path)}: {node.name}"


@pytest.mark.parametrize("model", WITH_MOVES, ids=lambda m: m.__name__)
def test_every_move_has_a_command_that_applies_it_and_a_policy(model):
    app = model.__module__.rsplit(".", 1)[0]
    policies = import_module(f"{app}.policies")
    folder = Path(import_module(app).__file__).parent
    paths = [folder / "commands.py", *folder.glob("commands/*.py")]
    text = "".join(path.read_text() for path in paths if path.exists())
    for verb, (sources, target) in model.MOVES.items():
        assert f'"{verb}"' in text or verb in commands_of(app), f"{model.__name__}.{verb} is never made"
        assert hasattr(policies, f"may_{verb}"), f"{app}.policies.may_{verb} is missing"
        states = set(model.State.values)
        assert set(map(str, sources)) <= states
        assert target is None or str(target) in states


@pytest.mark.parametrize("model", WITH_MOVES, ids=lambda m: m.__name__)
def test_every_state_can_be_reached(model):
    if getattr(model, "STATED", False):
        return  # its states follow from what the sides say: tests/partnerships/test_agreeing.py reaches them all
    first = str(model._meta.get_field("state").default)
    reached = {first} | {str(target) for _s, target in model.MOVES.values() if target}
    assert set(model.State.values) - reached == set()


def test_a_move_without_a_policy_would_be_noticed():
    class Broken:
        State = models.TextChoices("State", "A B")
        MOVES = {"fly": ({"A"}, "B")}
        __module__ = "shangliang.topics.models"

    with pytest.raises(AssertionError):
        test_every_move_has_a_command_that_applies_it_and_a_policy(Broken)


def test_only_commands_write():
    offenders = []
    for path in MODULES:
        name = relative(path)
        is_command = path.name == "commands.py" or path.parent.name == "commands"
        if is_command or name in WRITERS or not (SOURCE / name.split("/")[0] / "models.py").exists():
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                base = ast.unparse(node.func.value)
                if ".objects" in base or node.func.attr in {"save", "bulk_create", "bulk_update"}:
                    offenders.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
    allowed = {o for o in offenders if ALLOWED.search(o)}
    assert [o for o in offenders if o not in allowed] == []


#: Tables of libraries (sessions, caches, pictures written to disk), not of the record.
ALLOWED = re.compile(
    r"^(people/(adapters|views|accounts|middleware)|files/(pictures|decoder|store)|venues/codes)\.py:"
)


def test_every_event_has_a_meaning_and_its_sentence_uses_its_own_fields():
    for name, kind in EVENTS.items():
        assert inspect.getdoc(kind), name
        own = {field.name for field in fields(kind)}
        assert set(re.findall(r"%\((\w+)\)", str(kind.says))) <= own, name
        assert kind.personal <= own, name
        assert not own & {"name", "says", "public", "personal", "stage", "tone"} or own & {"name"} == {"name"}


def test_free_text_of_people_is_personal():
    spoken = {"comment", "dissent", "question", "place_note", "phone", "address"}
    for name, kind in EVENTS.items():
        for field in fields(kind):
            if field.name in spoken and kind.name.split(".")[0] in {"voices", "consultations", "outcomes"}:
                assert field.name in kind.personal, f"{name}.{field.name}"


def test_an_event_whose_personal_field_does_not_exist_is_refused():
    with pytest.raises(TypeError):

        @event("test.broken", says="", personal=("nobody",))
        class Broken:
            """Never made."""


def test_the_wiring_names_events_and_listeners_that_exist():
    for table in (wiring.AT_ONCE, wiring.AFTERWARDS):
        for name, listeners in table.items():
            assert name == wiring.EVERY or name in EVENTS, name
            for path in listeners:
                assert inspect.getdoc(wiring._load(path)), path


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_and_functions_stay_short_and_say_what_they_are(path):
    text = path.read_text()
    assert text.count("\n") <= 300, f"{relative(path)} has more than 300 lines"
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{relative(path)} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            count = sum(isinstance(child, ast.stmt) for child in ast.walk(node)) - 1
            assert count <= 31, f"{relative(path)}: {node.name} has {count} statements"


def test_every_model_has_its_glossary_sentence():
    for config in OURS:
        for model in config.get_models():
            assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}("), model


def test_only_the_clock_asks_for_the_time():
    asks = re.compile(r"\b(timezone\.now|timezone\.localdate|datetime\.now|date\.today|dt\.datetime\.now)\(\s*\)")
    allowed = {"shared/clock.py", "journal/record.py", "journal/outbox.py"}
    found = [relative(p) for p in MODULES if asks.search(p.read_text()) and relative(p) not in allowed]
    assert found == []


def test_every_template_is_used():
    folder = SOURCE / "templates"
    templates = list(folder.rglob("*.html"))
    text = "".join(p.read_text() for p in [*MODULES, *templates])
    by_library = ("account/", "mfa/", "429.html", "404.html", "500.html")
    unused = [
        name for p in templates
        if not (name := str(p.relative_to(folder))).startswith(by_library) and f'"{name}"' not in text
    ]
    assert unused == []


def test_nothing_in_the_product_ranks_or_presses_people():
    """No ranking, points, streaks or check-in pressure (国办函〔2026〕12号; domain.md 5.1)."""
    pressing = re.compile(r"排名|排行|积分|打卡|连续签到|在线时长|排序榜|leaderboard|streak")
    denying = re.compile(r"(不|没有|无|从不|不搞|不设|不做|never|no )[^。，；,;\"']{0,16}$")
    offenders = []
    for path in [*MODULES, *(SOURCE / "templates").rglob("*.html")]:
        for line in path.read_text().splitlines():
            for match in pressing.finditer(line):
                if not denying.search(line[: match.start()]):
                    offenders.append(f"{relative(path)}: {line.strip()[:60]}")
    assert offenders == []


def test_identifiers_fit_every_database():
    long = []
    for config in OURS:
        for model in config.get_models(include_auto_created=True):
            meta = model._meta
            names = [meta.db_table, *(f.column for f in meta.concrete_fields)]
            names += [c.name for c in meta.constraints] + [i.name for i in meta.indexes]
            long += [name for name in names if len(name) > 30]
    assert long == []


def test_nothing_unsafe_is_imported_or_marked_safe_without_a_reason():
    unsafe = re.compile(r"\b(pickle|yaml\.load|eval\(|exec\(|\.extra\(|RawSQL|mark_safe\()")
    allowed = {"venues/views.py": "the QR drawing is made by segno", "templates": ""}
    found = [
        f"{relative(p)}: {line.strip()}" for p in MODULES for line in p.read_text().splitlines()
        if unsafe.search(line) and relative(p) not in allowed
    ]
    assert found == []
    marked = [
        str(p) for p in (SOURCE / "templates").rglob("*.html") if re.search(r"\|\s*safe\b", p.read_text())
    ]
    assert marked == []
