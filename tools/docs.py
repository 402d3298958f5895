"""Write the documents that follow from the code: GLOSSARY.md, docs/events.md and docs/states.md.

    .venv/bin/python -m tools.docs            write them
    .venv/bin/python -m tools.docs --check    name those that are out of date (exit status 1)

Sentences come from docstrings, Chinese words from labels. What code has no place for stands in
tools/words.toml: the Chinese name of each model and the meaning of each choice.
"""

import importlib
import inspect
import os
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by tools/docs.py. Change the code or tools/words.toml, then run `python -m tools.docs`. -->"


class Missing(Exception):
    """A word of the code without its Chinese name or meaning."""


# --- small pieces of Markdown ---------------------------------------------------------------


def cell(text) -> str:
    """Text fit for a table cell."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: list[str], rows: list[list]) -> str:
    """A Markdown table; empty when there are no rows."""
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(each) for each in line) + " |" for line in lines) + "\n"


def sentence(thing) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def where(thing) -> str:
    """A link to the file in which something is defined."""
    thing = inspect.unwrap(thing)
    path = Path(inspect.getfile(thing)).resolve().relative_to(ROOT / "src" / "shangliang")
    return f"[{path}](src/shangliang/{path})"


def anchor(title: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


# --- what the code says ----------------------------------------------------------------------


def words() -> dict:
    """The hand-written words: ``models`` and ``choices``."""
    return tomllib.loads((ROOT / "tools" / "words.toml").read_text(encoding="utf-8"))


def app_of(thing) -> str:
    """The app's short name: shangliang.voices.models → voices."""
    return thing.__module__.split(".")[1]


def our_apps() -> list:
    """The app configurations of the house in the order of the story."""
    from django.apps import apps

    return [config for config in apps.get_app_configs() if config.name.startswith("shangliang.")]


def our_models() -> list:
    """Every model of the house, in the order of the files."""
    return [model for config in our_apps() for model in config.get_models()]


def choice_classes() -> list[tuple[str, type]]:
    """(dotted name, class) of every set of choices: the states, the kinds, the roles."""
    from django.db.models import TextChoices

    from shangliang.people.roles import Role

    found = [("Role", Role)]
    for model in our_models():
        for name, thing in vars(model).items():
            if inspect.isclass(thing) and issubclass(thing, TextChoices):
                found.append((f"{model.__name__}.{name}", thing))
    return found


def commands_of(app: str) -> dict:
    """The commands of an app by name, in the order of the file."""
    try:
        module = importlib.import_module(f"shangliang.{app}.commands")
    except ModuleNotFoundError:
        return {}
    found = {
        name: thing
        for name, thing in vars(module).items()
        if getattr(thing, "is_command", False) and inspect.unwrap(thing).__module__.startswith(module.__name__)
    }
    return dict(sorted(found.items(), key=lambda item: _line(item[1])))


def _line(command) -> tuple:
    code = inspect.unwrap(command).__code__
    return code.co_filename, code.co_firstlineno


def missing_words() -> list[str]:
    """The keys that tools/words.toml lacks, or has and should not, each as a line to act on."""
    known = words()
    wanted = {
        "models": {f"{app_of(model)}.{model.__name__}": "" for model in our_models()},
        "choices": {f"{name}.{each.name}": each.label for name, kind in choice_classes() for each in kind},
    }
    lines = []
    for section, keys in wanted.items():
        lines += [f'[{section}] lacks "{key}" {label}' for key, label in keys.items() if key not in known[section]]
        lines += [f'[{section}] has "{key}", which is gone' for key in known[section] if key not in keys]
    return lines


# --- GLOSSARY.md ------------------------------------------------------------------------------


def glossary() -> str:
    """Every word of the domain: Chinese, identifier, meaning, where."""
    lacking = missing_words()
    if lacking:
        raise Missing("tools/words.toml:\n" + "\n".join(lacking))
    head = (ROOT / "tools" / "glossary-head.md").read_text(encoding="utf-8")
    parts = [NOTE, head.strip(), _records(), _choices(), _verbs(), _silent_commands(), _reasons(), _rules()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _records() -> str:
    names = words()["models"]
    rows = [
        [names[f"{app_of(model)}.{model.__name__}"], f"`{model.__name__}`", sentence(model), where(model)]
        for model in our_models()
    ]
    return "## Records\n\n" + table(["中文", "identifier", "meaning", "where"], rows)


def _choices() -> str:
    meanings = words()["choices"]
    parts = ["## States, kinds and roles"]
    for name, kind in choice_classes():
        rows = [
            [each.label, f"`{name}.{each.name}`", f"`{each.value}`", meanings[f"{name}.{each.name}"]] for each in kind
        ]
        parts.append(f"### {name}\n\n" + table(["中文", "identifier", "stored as", "meaning"], rows))
    return "\n\n".join(parts)


#: Buttons that call the command of a later stage: (kind, verb) → the command behind it.
BEHIND = {
    ("voice", "hand_to_topic"): ("topics", "propose"),
    ("voice", "rate"): ("outcomes", "rate"),
    ("voice", "write_brief"): ("briefs", "draft"),
    ("proposal", "distribute"): ("tasks", "assign_proposal"),
    ("proposal", "evaluate"): ("outcomes", "evaluate_proposal"),
    ("venue", "add_sign"): ("files", "add_sign"),
    ("venue", "publish_sign"): ("files", "publish_attachment"),
    ("venue", "withhold_sign"): ("files", "withhold_attachment"),
    ("topic", "plan"): ("consultations", "plan"),
    ("consultation", "draft_item"): ("agreements", "draft"),
    ("consultation", "rate_attended"): ("outcomes", "rate_attended"),
    ("agreement", "assign"): ("tasks", "assign"),
}


def _buttons() -> list[tuple]:
    """(kind, verb, app, command name) of every button of the desk."""
    from shangliang.desk.verbs import MODELS, VERBS

    return [
        (kind, verb, *BEHIND.get((kind, name), (app_of(MODELS[kind]), name)))
        for kind, verbs in VERBS.items()
        for name, verb in verbs.items()
    ]


def _verbs() -> str:
    rows = []
    for kind, verb, app, name in _buttons():
        command = commands_of(app)[name]
        rows.append([verb.label, kind, f"`{app}.commands.{name}`", sentence(inspect.unwrap(command)), where(command)])
    return "## Verbs: the buttons of the desk\n\n" + table(["中文", "on a", "identifier", "meaning", "where"], rows)


def _silent_commands() -> str:
    shown = {(app, name) for _kind, _verb, app, name in _buttons()}
    rows = [
        [f"`{config.label}.commands.{name}`", sentence(inspect.unwrap(command)), where(command)]
        for config in our_apps()
        for name, command in commands_of(config.label).items()
        if (config.label, name) not in shown
    ]
    text = "## Verbs without a button on the case file\n\nTaken on other pages, by the system, or by another verb.\n\n"
    return text + table(["identifier", "meaning", "where"], rows)


def _reasons() -> str:
    from shangliang.agreements.quorum import BODIES
    from shangliang.voices.reasons import CHANNELS, GROUNDS

    head = ["中文", "identifier", "said to the person"]
    parts = ["## Reasons and bodies named by law"]
    for title, reasons in (("Lawful channels", CHANNELS), ("Grounds for not accepting", GROUNDS)):
        rows = [[reason.title, f"`{code}`", reason.words] for code, reason in reasons.items()]
        parts.append(f"### {title}\n\n" + table(head, rows))
    rows = [[body.title, f"`{code}`"] for code, body in BODIES.items()]
    parts.append("### Deciding bodies of a village\n\n" + table(["中文", "identifier"], rows))
    return "\n\n".join(parts)


def _rules() -> str:
    from shangliang.rules.models import Rule
    from shangliang.rules.sample import SAMPLES

    rows = [
        [each.title, f"`{each.key}`", f"{each.value:g} {Rule.Counted(each.counted).label}", each.basis]
        for each in SAMPLES.values()
    ]
    text = "## Rules 示例规则\n\nThe sample set; each committee edits its own copy under `/desk/rules/`.\n\n"
    return text + table(["中文", "key", "sample", "basis"], rows)


# --- docs/events.md ---------------------------------------------------------------------------


def events() -> str:
    """Every event of the journal."""
    from shangliang.journal.events import EVENTS

    parts = [
        NOTE,
        "# Events\n\nWhat can happen, as the journal tells it. *Public* events appear on the public page of the case. "
        "*Personal* fields enter the chain only as salted commitments and can be erased. *Stage* is the stage that "
        "the case has reached when the event happens. *Then* names who reacts (`src/shangliang/wiring.py`): in the "
        "same transaction, or after the commit (marked ⏱). `cases.listeners.follow` reacts to every event.",
    ]
    for config in our_apps():
        rows = [_event_row(kind) for name, kind in EVENTS.items() if name.split(".")[0] == config.label]
        if rows:
            head = ["event", "sentence", "meaning", "public", "personal", "stage", "then"]
            parts.append(f"## {config.label}\n\n" + table(head, rows))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _event_row(kind) -> list:
    from shangliang import wiring

    said = re.sub(r"%\((\w+)\)[sd]", r"〈\1〉", str(kind.says)).replace("%%", "%")
    then = [_listener(path) for path in wiring.AT_ONCE.get(kind.name, [])]
    then += [_listener(path) + " ⏱" for path in wiring.AFTERWARDS.get(kind.name, [])]
    personal = ", ".join(f"`{name}`" for name in sorted(kind.personal))
    return [
        f"`{kind.name}`", said, sentence(kind), "yes" if kind.public else "", personal, kind.stage, "<br>".join(then)
    ]


def _listener(path: str) -> str:
    return f"`{path.removeprefix('shangliang.')}`"


# --- docs/states.md ---------------------------------------------------------------------------


def states() -> str:
    """The life cycle of each model that has one, as a table and as a diagram."""
    living = [model for model in our_models() if hasattr(model, "MOVES")]
    contents = "\n".join(f"- [{model.__name__}](#{anchor(model.__name__)})" for model in living)
    parts = [
        NOTE,
        "# Life cycles\n\nThe table `MOVES` of each model: which verb leads from which states to which. A verb "
        "without a Chinese word has no button: the system or another verb takes the step. *Who* is the policy's "
        f"own sentence. An empty *to* keeps the state.\n\n{contents}",
        *(_life(model) for model in living),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _life(model) -> str:
    policies = importlib.import_module(f"shangliang.{app_of(model)}.policies")
    rows = []
    for verb, (sources, target) in model.MOVES.items():
        leaves = "<br>".join(_state(model, state) for state in _ordered(model, sources))
        label = getattr(model, "VERBS", {}).get(verb, "")
        who = sentence(getattr(policies, f"may_{verb}"))
        rows.append([f"`{verb}`", label, leaves, _state(model, target) if target else "", who])
    drawn = table(["verb", "button", "from", "to", "who"], rows)
    drawing = _stated(model) if getattr(model, "STATED", False) else _diagram(model)
    return f"## {model.__name__}\n\n{sentence(model)}\n\n{drawn}\n{drawing}"


def _stated(model) -> str:
    """States that no verb names as its target."""
    names = ", ".join(_state(model, state) for state in model.State)
    rule = "what its sides have said, by the rule of its name in `partnerships/agreeing.py`"
    whence = rule if app_of(model) == "partnerships" else "what came of entering it"
    return f"Its state is {whence}: {names}."


def _ordered(model, states) -> list:
    return [state for state in model.State if state in states]


def _state(model, state) -> str:
    state = model.State(state)
    return f"{state.label} `{state.value}`"


def _diagram(model) -> str:
    first = model._meta.get_field("state").default
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    {state.value} : {state.label} {state.value}' for state in model.State]
    lines.append(f"    [*] --> {model.State(first).value}")
    for verb, (sources, target) in model.MOVES.items():
        for source in _ordered(model, sources):
            lines.append(f"    {source.value} --> {model.State(target or source).value} : {verb}")
    return "\n".join([*lines, "```"])


# --- writing and checking ---------------------------------------------------------------------


def documents() -> dict[Path, str]:
    """Each generated file with the text it should have; in the source language, whatever the shell speaks."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return {
            ROOT / "GLOSSARY.md": glossary(),
            ROOT / "docs" / "events.md": events(),
            ROOT / "docs" / "states.md": states(),
        }


def stale() -> list[str]:
    """The names of the generated files that are not what the code says."""
    return [
        str(path.relative_to(ROOT))
        for path, text in documents().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write the documents, or with ``--check`` name those that are out of date."""
    sys.path.insert(0, str(ROOT))
    # The settings of the tests: a home of their own, so that no installation is touched.
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    try:
        old = stale()
        if "--check" in arguments:
            print("\n".join(f"{name} is out of date" for name in old) or "all documents are up to date")
            return int(bool(old))
        for path, text in documents().items():
            path.write_text(text, encoding="utf-8")
    except Missing as lacking:
        print(lacking, file=sys.stderr)
        return 1
    print("\n".join(f"{name} written anew" for name in old) or "nothing changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
