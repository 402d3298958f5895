"""Cases in bulk: voices answered at once, voices that wait, and whole threads up to the rating."""

import datetime as dt
import itertools
import random
from collections import Counter, defaultdict

from django.db import connection, transaction
from django.db.models import DateField, Max

from shangliang.agreements.models import Agreement
from shangliang.cases.events import CaseJoined, CasePublished
from shangliang.cases.models import Case, CaseSerial
from shangliang.consultations.models import Attendance, Consultation, Minutes
from shangliang.files.models import Attachment
from shangliang.journal.models import Entry, PersonalValue, Submission
from shangliang.outcomes.models import Rating
from shangliang.rules.models import Deadline
from shangliang.tasks.models import Reply, Task
from shangliang.topics.models import Approval, Topic, TopicSource
from shangliang.voices import events as voiced
from shangliang.voices.models import Voice

from .endings import close, rate
from .ink import Ink
from .threads import Thread

#: In the order in which they may refer to each other.
TABLES = [
    Case, Deadline, Voice, Submission, Attachment, Topic, TopicSource, Approval, Consultation, Attendance, Minutes,
    Agreement, Task, Reply, Rating,
]  # fmt: skip
BATCH = 2000
THINGS = ["路灯", "排水沟", "村道", "饮水管", "健身器材", "垃圾池", "电线", "护栏", "公交站牌", "堰塘"]
TROUBLES = ["坏了三个月", "一下雨就堵", "没有人管", "不够亮", "太窄，会不了车", "裂了口子", "老人走着不放心"]
WISHES = ["盼着早点修好。", "想请大家商量怎么办。", "村民愿意出工。", "请来看一看。"]


class Filling:
    """The work of one fill: the register it refers to, the rows not yet stored, the journal."""

    def __init__(self, register, first_day, last_day, seed=20261122):
        self.register, self.committee = register, register.committee
        self.random = random.Random(seed)
        self.first_day, self.last = first_day, dt.datetime.combine(last_day, dt.time(9), dt.UTC)
        self.ink = Ink(self.committee)
        self.serials: Counter = Counter()
        self.rows: dict = defaultdict(list)
        self.lead: tuple = ()
        self.keys = {
            model: itertools.count((model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1)
            for model in TABLES
        }
        self.weights = [self.random.paretovariate(1.2) for _village in register.villages]

    def add(self, model, **fields):
        """A row with its key, of this committee, to be stored with its batch."""
        row = model(pk=next(self.keys[model]), **fields)
        if model is not Submission:
            row.committee_id = self.committee.pk
        self.rows[model].append(row)
        return row

    def deadline(self, case, key, start, days, ended=None):
        """A clock of so many working days; holidays do not matter here."""
        due = start.date() + dt.timedelta(days=days * 7 // 5)
        return self.add(
            Deadline, case_no=case.no, key=key, started_on=start.date(), length=days, counted="working_days",
            due_on=due, ended_on=ended and ended.date(),
        )  # fmt: skip

    def store(self, until=None) -> None:
        """Write the batch and the entries whose time has come."""
        entries, values = self.ink.dry(until)
        with transaction.atomic():
            for model in TABLES:
                insert(model, self.rows.pop(model, []))
            insert(Entry, entries)
            insert(PersonalValue, values)


def insert(model, rows) -> None:
    """Store rows as they are; half the time of ``bulk_create``, which looks at every value of every row."""
    fields = [field for field in model._meta.concrete_fields if rows and (rows[0].pk or not field.primary_key)]
    if not fields:
        return
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    names = [field.attname for field in fields]
    timed = [number for number, field in enumerate(fields) if isinstance(field, DateField)]
    values = []
    for row in rows:
        stored = [getattr(row, name) for name in names]
        for number in timed:
            stored[number] = fields[number].get_db_prep_save(stored[number], connection)
        values.append(stored)
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", values)


def fill(register, cases: int, first_day, last_day, progress=lambda done: None) -> None:
    """Give a county without cases so many, evenly over the days; ``progress`` is told how many are done."""
    filling = Filling(register, first_day, last_day)
    begin = dt.datetime.combine(first_day, dt.time(1), dt.UTC)
    for number in range(cases):
        opened = begin + (filling.last - begin) * number / cases
        write_case(filling, number, opened)
        if number % BATCH == BATCH - 1:
            filling.store(opened)
            progress(number + 1)
    filling.store()
    filling.ink.close()
    for year, last in filling.serials.items():
        CaseSerial.objects.create(committee=filling.committee, year=year, last=last)
    progress(cases)


def write_case(filling, number, opened) -> None:
    """One case: a quarter are whole threads, a few join them, the newest wait, the rest were answered at once."""
    case, voice = raise_voice(filling, number, opened)
    fate = filling.random.random()
    if fate < 0.25:
        Thread(filling, case, voice, opened).live()
        filling.lead = (case, voice)
    elif fate > 0.98 and filling.lead:
        merge(filling, case, voice, opened)
    elif opened + dt.timedelta(days=3) < filling.last:
        answer(filling, case, voice, opened, published=fate < 0.61)


def raise_voice(filling, number, opened):
    """The case with its voice, in screening."""
    pick = filling.random
    village = pick.choices(filling.register.villages, filling.weights)[0]
    venue = filling.register.venues[village.pk] if pick.random() < 0.6 else None
    filling.serials[opened.year] += 1
    thing = pick.choice(THINGS)
    text = f"{village.name}{pick.randint(1, 12)}社的{thing}{pick.choice(TROUBLES)}，{pick.choice(WISHES)}"
    case = filling.add(
        Case, no=f"{filling.committee.code}-{opened.year}-{filling.serials[opened.year]:04d}", region=village,
        venue=venue, opened_on=opened.date(), updated_at=opened, title=f"{village.name}{thing}的事"[:80],
        summary=text,
    )  # fmt: skip
    clock = filling.deadline(case, "voice.screen", opened, 5)
    voice = filling.add(
        Voice, case=case, state="screening", channel="qr" if venue else "web", text=text, region=village,
        venue=venue, reported_at=opened, receipt=f"bench{number:059d}", deadline=clock,
    )  # fmt: skip
    filling.add(
        Submission, key=f"bench:{case.no}", body_digest="sha256:bench", subject="voices.voice",
        subject_id=voice.pk, made_at=opened,
    )  # fmt: skip
    if pick.random() < 0.3:
        photograph(filling, case, voice, opened)
    received = voiced.VoiceReceived(
        channel=voice.channel, text=text, place_note="", on_behalf=False, photos=0
    )
    filling.ink.say(opened, received, voice, case.no, "public", "群众")
    moved = ("begin_screening", "received", "screening")
    filling.ink.say(opened, voiced.VoiceScreeningBegun(), voice, case.no, moved=moved)
    return case, voice


def photograph(filling, case, voice, opened) -> None:
    """The row of a picture; no page reads the file itself."""
    name = f"{filling.random.getrandbits(128):032x}.jpg"
    filling.add(
        Attachment, case_no=case.no, subject="voices.voice", subject_id=voice.pk,
        region_code=case.region.code, role="report", name=name, media_type="image/jpeg", sha256="0" * 64,
        size=180_000, width=1280, height=960, is_public=filling.random.random() < 0.5, added_at=opened,
    )  # fmt: skip


def merge(filling, case, voice, opened) -> None:
    """A voice that follows the thread last begun."""
    into, leading = filling.lead
    voice.state, voice.merged_into, case.joined_to = "merged", leading, into
    voice.deadline.ended_on = opened.date()
    by = f"account:{filling.register.office.pk}"
    moved = ("merge", "screening", "merged")
    filling.ink.say(opened, voiced.VoiceMerged(into=into.no), voice, case.no, by, "政协办公室", moved, "同一件事。")
    filling.ink.say(opened, CaseJoined(into=into.no), case, case.no, by, "政协办公室")


def answer(filling, case, voice, opened, published) -> None:
    """A voice that was answered within days, rated or not, made public or not."""
    pick, ink = filling.random, filling.ink
    told = opened + dt.timedelta(days=pick.randint(1, 2), hours=pick.randint(0, 8))
    by = f"account:{filling.register.office.pk}"
    voice.deadline.ended_on = told.date()
    voice.state, voice.outcome_code = "answered", "answered"
    voice.outcome_words = "已经和村里说好，这个月内修好；到时请您看一看。"
    screened = voiced.VoiceScreened(outcome="直接答复", code="answered", words=voice.outcome_words)
    ink.say(told, screened, voice, case.no, by, "政协办公室", ("answer", "screening", "answered"))
    case.updated_at = told
    if published:
        case.state, case.published_on = "published", told.date()
        made_public = CasePublished(title=case.title)
        ink.say(told, made_public, case, case.no, by, "政协办公室", ("publish", "private", "published"))
    ended = told + dt.timedelta(days=pick.randint(2, 14))
    if ended < filling.last:
        rated = pick.random() < 0.4
        if rated:
            rate(filling, case, voice, ended)
        close(filling, case, voice, ended, rated)
