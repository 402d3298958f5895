"""Steps that journeys share: each one is a real command by the person who would take it."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shangliang.agreements import commands as agreements
from shangliang.agreements.models import Agreement
from shangliang.consultations import commands as consultations
from shangliang.consultations.models import Attendance, Confirmation, Consultation
from shangliang.people.actors import ANYONE
from shangliang.shared import clock
from shangliang.tasks import commands as tasks
from shangliang.tasks.models import Task
from shangliang.topics import commands as topics
from shangliang.topics.models import Topic
from shangliang.voices import commands as voices

from ..remembered import remembered

SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def picture(name="lamp.jpg", colour=(250, 200, 90)):
    """A small phone photo."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


@remembered
def report(committee, venue, text="院坝到大路没有路灯，天黑了看不见路。", key="lamp-form-key", **fields):
    """A villager reports at the wall code; returns (voice, code)."""
    fields = {"channel": "qr", "region": venue.region, "venue": venue, **fields}
    return voices.receive(by=ANYONE, committee=committee, key=key, text=text, **fields)


@remembered
def topic_of(liaison, party, *voice_list, title="普陀村毛万二小院安装路灯"):
    """From the desk of the liaison to the Party committee's approval."""
    topic = topics.propose(
        by=liaison, title=title, summary="夜间出行不便，村民希望安装路灯。",
        category=Topic.Category.SERVICE, voices=list(voice_list),
    )
    topics.start_review(by=liaison, topic=topic)
    topics.pool(by=liaison, topic=topic)
    topics.submit(by=liaison, topic=topic)
    topics.approve(
        by=party, topic=topic, body="安富街道党工委", decided_on=clock.today(), paper_no="安富委〔2023〕12号"
    )
    return topic


@remembered
def convened(liaison, topic, venue, unit, member, *, in_days=5):
    """A consultation with stakeholders, a unit and two members, told in time."""
    consultation = consultations.plan(
        by=liaison, topic=topic, venue=venue, carrier=Consultation.Carrier.COURTYARD,
        starts_at=clock.now() + dt.timedelta(days=in_days), host=liaison,
        agenda=[("情况通报", 10), ("协商", 40)],
    )
    roles = Attendance.Role
    for name in ("宪某", "毛某", "李某", "王某"):
        consultations.register(
            by=liaison, consultation=consultation, role=roles.STAKEHOLDER, name=name
        )
    consultations.register(
        by=liaison, consultation=consultation, role=roles.TOWN, unit=unit, name="街道负责人"
    )
    for each in member:
        consultations.register(
            by=liaison, consultation=consultation, role=roles.MEMBER, member=each
        )
    consultations.convene(by=liaison, consultation=consultation)
    return consultation


@remembered
def held(liaison, consultation):
    """Everybody came."""
    consultations.open(by=liaison, consultation=consultation)
    consultations.check_in(
        by=liaison, consultation=consultation, present=list(consultation.attendances.all())
    )
    consultations.hold(by=liaison, consultation=consultation)


@remembered
def issued(liaison, consultation):
    """Minutes drafted, confirmed by all sides, issued and reported."""
    consultations.draft_minutes(
        by=liaison, consultation=consultation, situation="已实地看过，需六盏灯。",
        positions="群众：装在路口。街道：可从人居环境资金列支。",
    )
    consultations.circulate(by=liaison, consultation=consultation)
    for side in Confirmation.Side:
        consultations.confirm(
            by=liaison, consultation=consultation, side=side, name="签字人", method="signed"
        )
    consultations.issue(by=liaison, consultation=consultation)
    consultations.report(by=liaison, consultation=consultation, to="安富街道党工委、办事处")


@remembered
def item(liaison, consultation, **fields):
    """An agreed item, of the ``unit`` in the fields."""
    fields = {
        "kind": Agreement.Kind.CONSENSUS, "party": Agreement.Party.UNIT,
        "text": "在毛万二小院至村道安装太阳能路灯六盏。", **fields,
    }
    return agreements.draft(by=liaison, consultation=consultation, **fields)


@remembered
def agreed(liaison, approver, lead, members, venue, voice, **fields):
    """The whole way from a voice to a reported item; returns the item."""
    topic = topic_of(liaison, approver, voice)
    consultation = convened(liaison, topic, venue, lead, members)
    with clock.at(consultation.starts_at):
        held(liaison, consultation)
        agreement = item(liaison, consultation, **{"unit": lead, **fields})
        issued(liaison, consultation)
    return Agreement.objects.get(pk=agreement.pk)


@remembered
def assigned(office, agreement, unit):
    """The office assigns the item."""
    return tasks.assign(by=office, agreement=agreement, unit=unit, size=Task.Class.ORDINARY)


@remembered
def answered(clerk, task, grade=Task.Grade.A, **fields):
    """The unit acknowledges, works and answers with evidence."""
    if task.state == Task.State.ASSIGNED:
        tasks.acknowledge(by=clerk, task=task)
    tasks.progress(by=clerk, task=task, text="灯杆已到货，正在挖基坑。")
    fields = {"text": "六盏太阳能路灯已全部安装并亮灯。", "photos": [picture()], **fields}
    tasks.reply(by=clerk, task=task, grade=grade, **fields)


@remembered
def accepted(office, task, words="六盏路灯已装好，天黑自动亮。"):
    """The office looks at the answer and accepts it."""
    tasks.take_review(by=office, task=task)
    tasks.accept(by=office, task=task, words=words)
