"""The part of the command line for opinions; it needs no installation, no database and no Django."""

import json
from pathlib import Path

import click


def register(main) -> None:
    """Hang the group under ``shangliang``."""
    main.add_command(opinions)


@click.group()
def opinions():
    """Opinions: find what every group of people accepts, from votes on statements."""


@opinions.command()
@click.argument("votes", type=click.File("r", encoding="utf-8-sig"))
@click.option(
    "--comments", type=click.File("r", encoding="utf-8-sig"),
    help="Polis's comments.csv: what was moderated out. One that lies beside VOTES is read by itself.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@click.option("--polis", is_flag=True, help="Groups by Polis's own rules.")
def analyse(votes, comments, as_json, polis):
    """Read VOTES (CSV: timestamp, datetime, comment-id, voter-id, vote; - for standard input) and say what it holds.

    Exit status 2 where the file cannot be read. Where there is not enough to say, k is 0.
    """
    from .opinions.analysis import analyse as way
    from .opinions.analysis import logs
    from .opinions.analysis.votes import NotEnough

    try:
        out = logs.moderated_out(comments) if comments else _beside(votes, logs)
        read = logs.read(votes, out, timed=polis)
        told = way.told(way.analysed(read, by_polis=polis))
    except NotEnough as reason:
        told = {
            "k": 0,
            "kind": "none",
            "assignments": {},
            "groups": [],
            "consensus": [],
            "said": f"not enough to say: {reason}",
        }
    except UnicodeDecodeError as error:
        raise click.UsageError("the file is no text in UTF-8") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _words(told))


def _beside(votes, logs) -> list[str]:
    """What a ``comments.csv`` in the folder of the votes says was moderated out; nothing where it says nothing."""
    name = getattr(votes, "name", "<stdin>")
    path = Path(name).with_name("comments.csv")
    if name == "<stdin>" or not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            out = logs.moderated_out(lines)
    except (OSError, ValueError) as error:  # not to be read, not text, or not Polis's
        click.echo(f"{path} was left aside: {error}", err=True)
        return []
    click.echo(f"{path} was read: {len(out)} statements moderated out", err=True)
    return out


KINDS = {
    "classes": "People fall into groups that answer alike.",
    "lines": "People differ by degrees along lines; where one group ends and the next begins is a convention.",
    "none": "No structure: these votes give no reason to speak of groups.",
    "polis": "Groups by Polis's own rules, which always draw some, also where the votes give no reason to.",
}


def _words(told) -> str:
    if "said" in told:
        return told["said"]
    lines = [
        f"people: {told['people']}, statements: {told['statements']}, votes: {told['votes']}, groups: {told['k']}",
        KINDS[told["kind"]], "", "Accepted by every group (lower bound of the least group's share):",
    ]  # fmt: skip
    accepted = [row for row in told["consensus"] if row["accepted"]]
    lines += [] if accepted else ["  nothing"]
    for row in accepted:
        low, high = row["interval"]
        lines.append(f"  {row['side']:8} {row['statement']!s:>8}   {row['score']:.2f}   ({low:.2f}–{high:.2f})")
    for group in told["groups"] if told["k"] > 1 else ():
        lines += ["", f"Group {chr(65 + group['id'] % 26)}, {group['size']} people:"]
        lines += [
            f"  {one['side']:8} {one['statement']!s:>8}   {one['votes']} of {one['seen']}"
            for one in group["representative"]
        ]
    return "\n".join(lines)
