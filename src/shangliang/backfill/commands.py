"""Taking past records in by the file: read, map, match, take in; prove better, undo, give up, erase the words."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from ..files.commands import attach, erase_files
from ..files.models import Attachment
from ..journal.record import command, record
from ..shared import clock
from ..shared.lifecycle import move
from ..shared.refusals import require
from . import events, fields, policies
from .judging import judge, numbers_of
from .models import GRADES, Batch, Kind, PastRecord, Proof
from .queries import heads_of

#: So many rows go to the database at a time.
CHUNK = 500


@command
def keep(*, by, committee, kind, name, grid, digest) -> Batch:
    """Keep rows that were read (:func:`intake.read`); nothing of them counts yet."""
    require(policies.may_read(by, committee))
    made = Batch.objects.create(
        committee=committee, kind=kind, name=(name or _("粘贴的文字"))[:120], digest=digest, sheet=grid.rows,
        merged=grid.merged, read_at=clock.now(), read_by=by,
    )  # fmt: skip
    told = events.BatchRead(kind_words=str(Kind(kind).label), rows=len(grid.rows), file_digest=digest)
    record(told, about=made, by=by)
    return made


@command
def map_columns(*, by, batch, head, columns):
    """Say in which row the headings stand (0: none) and which column holds what: {field: index}."""
    require(policies.may_map(by, batch))
    for name in fields.NEEDED[batch.kind]:
        require(name in columns, _("请说明哪一栏是%(field)s。") % {"field": fields.WORDS[name]}, field=name)
    require(len(set(columns.values())) == len(columns) or _pasted(columns), _("同一栏被用了两次。"))
    moved = move(batch, "map", head=head, heads=heads_of(batch, head), columns=columns)
    record(events.BatchMapped(columns=len(columns)), about=batch, by=by, moved=moved)


def _pasted(columns) -> bool:
    """Whether place and topic alone share a column: an address often stands in the sentence itself."""
    others = [at for name, at in columns.items() if name != "place"]
    return len(set(others)) == len(others)


@command
def match(*, by, batch, places=None, members=None, twice=(), rough=False):
    """Decide what places and members are meant, which doubled rows are two things, and whether 约30人 counts."""
    require(policies.may_match(by, batch))
    # Two people may decide at once: what the other has just said is not lost.
    known = Batch.objects.select_for_update().only("answers").get(pk=batch.pk).answers
    answers = {
        "places": {**known.get("places", {}), **(places or {})},
        "members": {**known.get("members", {}), **(members or {})},
        "twice": sorted({*known.get("twice", []), *twice}),
        "rough": bool(rough or known.get("rough")),
    }  # fmt: skip
    moved = move(batch, "match", answers=answers)
    count = len(places or {}) + len(members or {}) + len(twice) + bool(rough)
    record(events.BatchMatched(answers=count), about=batch, by=by, moved=moved)


@command
def take_in(*, by, batch, grade, proof="", proof_url="", uploads=()) -> int:
    """Let the good rows count, each with the proof its row names, else with ``grade``; returns how many.

    What the file said besides is erased; of the rows left out the numbers stay, to be looked up in the file.

    Raises Refused where no row is good, or where what proves it is not said.
    """
    require(policies.may_take_in(by, batch))
    _require_proof(grade, proof, proof_url, uploads)
    judged = judge(batch, clock.today())
    rows = judged.good
    require(rows, _("没有一行可以补录，先看看每行的原因。"))
    left = [row.number for row in judged.bad]
    moved = move(batch, "take_in", sheet=[], merged={}, answers={"left": left})
    made = PastRecord.objects.bulk_create(
        [_record(batch, row, grade, proof, proof_url) for row in rows], batch_size=CHUNK
    )
    through = PastRecord.members.through
    seats = [
        through(pastrecord_id=past.pk, member_id=member.pk)
        for past, row in zip(made, rows, strict=True) for member in row.members
    ]  # fmt: skip
    through.objects.bulk_create(seats, batch_size=CHUNK)
    attach(by=by, about=batch, role=Attachment.Role.PAPER, uploads=uploads)
    told = events.BatchTakenIn(
        rows=len(rows), left_out=len(judged.bad), kind_words=str(batch.get_kind_display()),
        grade_words=str(Proof(grade).label), numbers=numbers_of(batch.kind, rows),
    )  # fmt: skip
    record(told, about=batch, by=by, moved=moved)
    return len(rows)


def _require_proof(grade, proof, proof_url, uploads):
    said = proof.strip() or proof_url.strip() or uploads
    require(said, _("请写明凭据在哪里：档案号、哪篇报道、谁的说明，或者附上文件。"), field="proof")
    plain = not proof_url or proof_url.startswith(("http://", "https://", "/news/"))
    require(plain, _("地址要以 http:// 或 https:// 开头。"), field="proof_url")
    papers = not uploads or grade in (Proof.MINUTES, Proof.PHOTO, Proof.PRESS)
    require(papers, _("附了文件，就选它是纪要、照片还是报道。"), field="grade")


def _record(batch, row, grade, proof, proof_url) -> PastRecord:
    return PastRecord(
        committee_id=batch.committee_id, batch=batch, row=row.number, kind=batch.kind, on=row.on, region=row.region,
        venue=row.venue, carrier=row.carrier, topic=row.topic, present=row.present, rough=row.rough,
        agreed=row.agreed, grade=row.grade or grade, proof=(row.told.get("proof") or proof)[:300],
        proof_url=proof_url, key=row.key,
    )  # fmt: skip


@command
def prove(*, by, batch, rows, grade, proof="", proof_url="", uploads=()) -> int:
    """Attach a stronger proof to these rows of the file, as (first, last) pairs (none: to all); those proved as well
    already stay.

    Returns how many were raised. Raises Refused where none is.
    """
    require(policies.may_prove(by, batch))
    _require_proof(grade, proof, proof_url, uploads)
    weaker = GRADES[: GRADES.index(Proof(grade))]
    found = PastRecord.objects.filter(batch=batch, grade__in=weaker)
    if rows:
        found = found.filter(reduce(or_, (Q(row__range=pair) for pair in rows)))
    count = found.update(grade=grade, proof=proof[:300], proof_url=proof_url)
    require(count, _("这些行的凭据已经不比这个弱，没有什么可补的。"), field="rows")
    moved = move(batch, "prove")
    attach(by=by, about=batch, role=Attachment.Role.PAPER, uploads=uploads)
    record(events.RecordsProved(rows=count, grade_words=str(Proof(grade).label)), about=batch, by=by, moved=moved)
    return count


@command
def undo(*, by, batch, why):
    """Take the whole batch back: its records leave the figures and stay as history."""
    require(policies.may_undo(by, batch))
    require(why.strip(), _("请写明为什么撤回。"), field="why")
    moved = move(batch, "undo")
    count = batch.records.count()
    record(events.BatchUndone(rows=count), about=batch, by=by, why=why.strip(), moved=moved)


@command
def drop(*, by, batch):
    """Give a file up before anything of it counts; its rows are erased."""
    require(policies.may_drop(by, batch))
    moved = move(batch, "drop", sheet=[], merged={}, answers={})
    record(events.BatchDropped(), about=batch, by=by, moved=moved)


@command
def forget(*, by, batch, why):
    """Erase every word of a batch, for a person named in it; days, places and numbers stay and count."""
    require(policies.may_forget(by, batch))
    require(why.strip(), _("请写明为什么删除。"), field="why")
    moved = move(batch, "forget", name="—", heads="", sheet=[], merged={}, answers={})
    # The key is made from day, place and topic, which could be guessed from it.
    batch.records.update(topic="", proof="", proof_url="", key="")
    PastRecord.members.through.objects.filter(pastrecord__batch=batch).delete()
    erase_files(by=by, attachments=Attachment.objects.filter(subject=batch._meta.label_lower, subject_id=batch.pk))
    record(events.BatchForgotten(), about=batch, by=by, why=why.strip(), moved=moved)
