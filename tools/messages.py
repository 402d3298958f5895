"""Collect the Chinese source strings of .py files and Jinja2 templates into the English .po file.

Written without dates and line numbers, so that the file changes only when a string does.
"""

import io
import json
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "shangliang"
#: The words of the sample rules stand in data, and are shown through gettext.
RULES = PACKAGE / "rules" / "sample.json"
TARGET = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

METHODS = [
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
# trimmed: a {% trans %} block over several lines is one sentence. silent=false: a template
# that cannot be read must stop the run, or its strings would vanish from the file.
# The extensions are those of shangliang.templating.
JINJA = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "_l": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect() -> Catalog:
    catalogue = Catalog(locale="en", fuzzy=False, header_comment="# English of shangliang.")
    options = {pattern: JINJA for pattern, method in METHODS if method == "jinja2"}
    found = extract_from_dir(
        PACKAGE, METHODS, options, keywords=KEYWORDS, comment_tags=["translators:"]
    )
    for file, _line, message, comments, context in found:
        place = [(f"src/shangliang/{file}", None)]
        catalogue.add(message, locations=place, auto_comments=comments, context=context)
    for rule in json.loads(RULES.read_text(encoding="utf-8")):
        for words in filter(None, (rule["title"], rule["basis"])):
            catalogue.add(words, locations=[("src/shangliang/rules/sample.json", None)])
    return catalogue


def text_of(catalogue: Catalog) -> str:
    out = io.BytesIO()
    # Strings that are no longer used go: git remembers them.
    write_po(out, catalogue, width=0, sort_by_file=True, ignore_obsolete=True)
    # Dates change at each run, the rest of these are blanks that nobody fills in.
    noise = r'^"(PO[\w-]+Date|Generated-By|Project-Id|Report|Last-T|Language-T)[\w-]*: .*"\n'
    return re.sub(noise, "", out.getvalue().decode(), flags=re.M)


def main() -> None:
    found = collect()
    if TARGET.exists():
        with TARGET.open("rb") as file:
            catalogue = read_po(file, locale="en")
        # A guess from a similar sentence reads like a translation and is wrong: no fuzzy matching.
        catalogue.update(found, no_fuzzy_matching=True)
    else:
        catalogue = found
    catalogue.header_comment = found.header_comment
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text_of(catalogue), encoding="utf-8")
    missing = sum(1 for message in catalogue if message.id and not any(message.string or ()))
    print(f"{TARGET.relative_to(ROOT)}: {len(catalogue)} strings, {missing} without a translation")


if __name__ == "__main__":
    main()
