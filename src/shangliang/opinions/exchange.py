"""The files of Polis: ``votes.csv`` and ``comments.csv``, read and written."""

import csv
import datetime as dt
import hashlib
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..cases.masking import refuse_personal
from ..shared.refusals import Refused
from .analysis import logs
from .analysis.votes import NotEnough
from .models import Statement


@dataclass(frozen=True)
class Brought:
    """What two files hold: statements (:class:`Text`), votes (person, statement, value, moment), their digest."""

    statements: list
    votes: list
    digest: str


@dataclass(frozen=True)
class Text:
    """A statement by its name there, its text, and whether it was moderated out."""

    name: str
    text: str
    out: bool


def read(votes: bytes, comments: bytes) -> Brought:
    """The two files as they are exported: ``timestamp,datetime,comment-id,voter-id,vote`` and ``comment-id,
    comment-body,moderated``. Raises Refused, with the line, for what cannot be read."""
    try:
        log = list(logs.rows(io.StringIO(_words(votes, "votes"), newline="")))
    except (NotEnough, ValueError) as error:
        raise Refused(_("表态文件读不懂，两个文件是不是放反了？%(why)s") % {"why": error}, field="votes") from error
    try:
        table = list(csv.DictReader(io.StringIO(_words(comments, "comments"), newline="")))
    except csv.Error as error:
        raise Refused(_("观点文件读不懂：%(why)s") % {"why": error}, field="comments") from error
    statements = [_text(row, n) for n, row in enumerate(table, 2)]
    names = {each.name for each in statements}
    if len(names) < len(statements):
        raise Refused(_("观点文件里有重复的编号。"), field="comments")
    strange = next((row.statement for row in log if row.statement not in names), None)
    if strange is not None:
        raise Refused(_("表态文件里的观点 %(id)s 不在观点文件里。") % {"id": strange[:20]}, field="votes")
    last = {(row.person, row.statement): row for row in sorted(log, key=lambda row: row.time or 0)}
    given = [(row.person, row.statement, row.vote, _moment(row.time or 0)) for row in last.values()]
    return Brought(statements, given, f"sha256:{hashlib.sha256(votes + comments).hexdigest()}")


def _words(file, field) -> str:
    """The text of a file in UTF-8, or as Chinese spreadsheets save it."""
    for coding in ("utf-8-sig", "gb18030"):
        try:
            words = file.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in words:
            return words
    raise Refused(_("这个文件不是文字，请选 .csv 文件。"), field=field)


def _text(row, line) -> Text:
    name, text = (" ".join((row.get(column) or "").split()) for column in ("comment-id", "comment-body"))
    if not name or not text:
        raise Refused(_("观点文件第 %(line)s 行缺编号或文字。") % {"line": line}, field="comments")
    refuse_personal(comments=text)
    return Text(name, text, (row.get("moderated") or "").strip() == "-1")


def _moment(seconds: float) -> dt.datetime:
    """Polis writes seconds or milliseconds since 1970."""
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return dt.datetime.fromtimestamp(min(max(seconds, 0), 4e9), dt.UTC)


def votes_csv(lines) -> str:
    """``votes.csv`` as Polis writes it, of :func:`queries.lines`."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
    for line in lines:
        said = line.at.astimezone(dt.UTC).strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
        rows.writerow([int(line.at.timestamp() * 1000), said, line.statement, line.person, line.value])
    return out.getvalue()


def comments_csv(round) -> str:
    """``comments.csv`` as Polis writes it, of the statements that were ever shown."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(
        ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"]
    )
    for each in round.statements.filter(state__in=[Statement.State.SHOWN, Statement.State.WITHDRAWN]):
        given = list(each.votes.values_list("value", flat=True))
        moderated = 1 if each.state == Statement.State.SHOWN else -1
        rows.writerow([
            int(each.written_at.timestamp() * 1000), each.written_at.isoformat(), each.number, "",
            given.count(1), given.count(-1), moderated, each.text,
        ])  # fmt: skip
    return out.getvalue()


def as_json(picture) -> dict:
    """The result of a round for programs: counts, groups, and what every group accepts; nobody's votes."""
    round = picture.round
    return {
        "question": round.question, "topic": round.topic.title, "case": round.case.no, "closed_at": round.closed_at,
        "votes_digest": round.seal, "kind": picture.kind, "people": picture.people, "verified": picture.verified,
        "votes": picture.votes,
        "groups": [{"group": g.letter, "people": g.people, "verified": g.verified} for g in picture.groups],
        "statements": [_statement(picture, told) for told in picture.told],
    }  # fmt: skip


def _statement(picture, told) -> dict:
    return {
        "number": told.statement.number, "text": told.statement.text, "all": _bar(told.all),
        "groups": {g.letter: _bar(told.groups[g.id]) for g in picture.groups}, "verified": _bar(told.verified),
        "others": _bar(told.others), "side": ("agree" if told.agree else "disagree") if told.measured else None,
        "least_group": [round(told.low, 4), round(told.high, 4)] if told.measured else None, "accepted": told.accepted,
    }  # fmt: skip


def _bar(counts) -> dict | None:
    return {"agree": counts.agree, "disagree": counts.disagree, "pass": counts.passed} if counts.known else None
