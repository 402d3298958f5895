"""Activities and who took part, the log, promises; and what of it the reviewer opens to everybody."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.consultations.models import Consultation
from shangliang.files.models import Attachment
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.studios import commands as studios
from shangliang.studios.models import Activity, LogEntry, Participant, Promise
from tests.journeys import walk
from tests.journeys.walk import picture

DAY = dt.date(2026, 5, 20)


def add(by, studio, **fields):
    fields = {"kind": "publicity", "on": DAY, "title": "讲医保缴费", "summary": "一条一条讲清。", **fields}
    return studios.add_activity(by=by, studio=studio, **fields)


@pytest.fixture
def held(committee, place, liaison, party_approver, unit, members):
    """A consultation that was held in the studio."""
    voice, _code = walk.report(committee, place, key="held")
    walk.agreed(liaison, party_approver, unit, members[:2], place, voice)
    return Consultation.objects.get()


def test_team_guests_and_people_from_outside_take_part(studio, team, members):
    seats = list(studio.seats.order_by("pk"))
    made = add(team, studio, people=30, team=seats, guests=[members[2], members[1]], photos=[picture()])
    names = {str(row) for row in made.participants.all()}
    assert names == {"领衔甲", "团队乙", "外单位丁", "来客丙"} and made.participants.count() == 4
    photo = Attachment.objects.get(role="activity")
    assert (photo.subject, photo.subject_id, photo.is_public) == ("studios.activity", made.pk, False)
    assert photo.region_code == studio.region.code


def test_the_same_key_makes_one_activity(studio, lead):
    assert add(lead, studio, key="one") == add(lead, studio, key="one")
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(("fields", "field"), [
    ({"on": None}, "on"), ({"on": dt.date(2026, 5, 21)}, "on"), ({"on": dt.date(2026, 3, 1)}, "on"),
    ({"kind": ""}, "kind"), ({"kind": "dancing"}, "kind"), ({"title": " "}, "title"), ({"title": "长" * 81}, "title"),
    ({"people": 0}, "people"), ({"people": 10_000}, "people"),
])
def test_an_activity_that_makes_no_sense_is_refused(fields, field, studio, lead):
    with pytest.raises(Refused) as refusal:
        add(lead, studio, **fields)
    assert refusal.value.field == field and str(refusal.value).endswith("。")
    assert not Activity.objects.exists()


def test_a_consultation_held_here_is_linked_and_not_told_twice(studio, lead, held):
    with clock.at(dt.date(2026, 5, 30)):
        made = studios.add_activity(by=lead, studio=studio, consultation=held, title="别的名字", people=1)
        assert (made.kind, made.title, made.people) == ("consulting", "普陀村毛万二小院安装路灯", 7)
        with pytest.raises(Refused, match="已经关联过") as refusal:
            studios.add_activity(by=lead, studio=studio, consultation=held)
        assert refusal.value.field == "consultation"
    Consultation.objects.update(state="cancelled")
    Activity.objects.all().delete()
    with pytest.raises(Refused, match="在本工作室开过的协商"):
        studios.add_activity(by=lead, studio=studio, consultation=Consultation.objects.get())


def test_the_database_keeps_one_participant_to_a_row(studio, lead, committee, members):
    made = add(lead, studio, guests=[members[2]])
    seat = studio.lead
    for fields in ({"member": members[2]}, {}, {"member": members[0], "seat": seat}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.create(committee=committee, activity=made, **fields)


def test_an_activity_is_public_in_the_reviewers_words_and_can_be_taken_back(studio, lead, reviewer, client):
    made, page = add(lead, studio, photos=[picture()]), "/studios/GZ001/"
    photo = Attachment.objects.get(role="activity")
    assert "讲医保缴费" not in client.get(page).content.decode()
    with pytest.raises(Refused, match="个人信息") as refusal:
        studios.publish_activity(by=reviewer, studio=studio, activity=made, title="找 13812345678", summary="")
    assert refusal.value.field == "title"
    with pytest.raises(Refused, match="公开审核员"):
        studios.publish_activity(by=lead, studio=studio, activity=made, title="讲医保", summary="")
    studios.publish_activity(by=reviewer, studio=studio, activity=made, title="讲医保", summary="清楚。", photos=[photo])
    text = client.get(page).content.decode()
    assert "讲医保" in text and photo.thumbnail_name in text
    with pytest.raises(Refused, match="已经公开"):
        studios.publish_activity(by=reviewer, studio=studio, activity=made, title="讲医保", summary="")
    studios.withdraw_activity(by=reviewer, studio=studio, activity=made, why="人名没遮")
    photo.refresh_from_db()
    assert "讲医保" not in client.get(page).content.decode() and not photo.is_public
    with pytest.raises(Refused, match="没有公开"):
        studios.withdraw_activity(by=reviewer, studio=studio, activity=made, why="再一次")


def test_a_picture_that_the_reviewer_did_not_choose_stays_inside(studio, lead, reviewer, client):
    made = add(lead, studio, photos=[picture("a.jpg"), picture("b.jpg", (1, 2, 3))])
    chosen, other = Attachment.objects.order_by("pk")
    studios.publish_activity(by=reviewer, studio=studio, activity=made, title="讲医保", summary="", photos=[chosen])
    for page in ("/studios/GZ001/", "/studios/GZ001/2026/"):
        text = client.get(page).content.decode()
        assert chosen.thumbnail_name in text and other.thumbnail_name not in text


def test_pictures_of_another_activity_are_not_opened_by_mistake(studio, lead, reviewer):
    first, second = add(lead, studio, photos=[picture()]), add(lead, studio, title="第二次")
    with pytest.raises(Refused, match="自己的照片"):
        studios.publish_activity(
            by=reviewer, studio=studio, activity=second, title="第二次", summary="", photos=list(Attachment.objects.all())
        )
    assert not Attachment.objects.filter(is_public=True).exists() and first.published_on is None


def test_the_form_of_publishing_shows_the_words_of_the_activity_in_the_address(studio, lead, reviewer, client_as):
    add(lead, studio, title="早的一次", on=dt.date(2026, 4, 1))
    later = add(lead, studio, title="晚的一次")
    client, path = client_as(reviewer), f"/desk/do/studio/{studio.pk}/publish_activity/"
    assert "早的一次" in client.get(path).content.decode()
    assert "晚的一次" in client.get(f"{path}?activity={later.pk}").content.decode()
    for nonsense in ("x", "9" * 40, "0"):
        assert client.get(f"{path}?activity={nonsense}").status_code == 200
    sent = client.post(path, {"activity": later.pk, "title": "晚的一次", "summary": "", "seen": "open"})
    assert sent.status_code == 302 and Activity.objects.get(pk=later.pk).published_on == DAY


def test_the_log_is_for_the_desk_alone(studio, team, reviewer, client):
    studios.write_log(by=team, studio=studio, text="值守半天，来了两位老人。")
    assert LogEntry.objects.get().written_by == team
    assert "来了两位老人" not in client.get("/studios/GZ001/").content.decode()
    for fields in ({"text": ""}, {"text": "长" * 1001}, {"text": "x", "on": dt.date(2026, 5, 21)}):
        with pytest.raises(Refused):
            studios.write_log(by=team, studio=studio, **fields)


def test_a_promise_is_made_published_and_kept(studio, lead, reviewer, client):
    for fields in ({"text": " "}, {"text": "长" * 201}, {"due_on": dt.date(2026, 5, 19)}):
        with pytest.raises(Refused) as refusal:
            studios.promise(by=lead, studio=studio, **{"text": "换指路牌", "due_on": DAY, **fields})
        assert refusal.value.field == next(iter(fields))
    made = studios.promise(by=lead, studio=studio, text="换指路牌", due_on=DAY)
    assert "换指路牌" not in client.get("/studios/GZ001/").content.decode()
    studios.publish_promise(by=reviewer, studio=studio, promise=made)
    assert "正在办" in client.get("/studios/GZ001/").content.decode()
    with clock.at(dt.date(2026, 6, 1)):
        assert "到期还没有兑现" in client.get("/studios/GZ001/").content.decode()
        for fields in ({"report": " "}, {"on": dt.date(2026, 5, 19)}, {"on": dt.date(2026, 6, 2)}):
            with pytest.raises(Refused):
                studios.keep_promise(by=lead, studio=studio, promise=made, **{"report": "换好了", **fields})
        studios.keep_promise(by=lead, studio=studio, promise=made, report="换好了，字有巴掌大。")
        text = client.get("/studios/GZ001/").content.decode()
        assert "已兑现" in text and "巴掌大" not in text  # the report is for the desk
        with pytest.raises(Refused, match="已经报告过"):
            studios.keep_promise(by=lead, studio=studio, promise=made, report="再报一次")
        studios.withdraw_promise(by=reviewer, studio=studio, promise=made, why="重写")
        assert "换指路牌" not in client.get("/studios/GZ001/").content.decode()


def test_a_promise_with_a_number_in_it_is_not_published(studio, lead, reviewer):
    made = studios.promise(by=lead, studio=studio, text="有事打 13812345678", due_on=DAY)
    with pytest.raises(Refused, match="个人信息"):
        studios.publish_promise(by=reviewer, studio=studio, promise=made)


def test_records_of_another_studio_are_refused(studio, lead, office_staff, reviewer, committee, village, members):
    other = studios.establish(by=office_staff, committee=committee, region=village, name="另一间", kind="area")
    studios.seat(by=office_staff, studio=other, role="lead", member=members[2])
    studios.open(by=office_staff, studio=other)
    theirs, promised = add(office_staff, other), studios.promise(by=office_staff, studio=other, text="x", due_on=DAY)
    for act in (
        lambda: add(lead, studio, team=[other.lead]),
        lambda: studios.publish_activity(by=reviewer, studio=studio, activity=theirs, title="x", summary=""),
        lambda: studios.withdraw_activity(by=reviewer, studio=studio, activity=theirs, why="x"),
        lambda: studios.publish_promise(by=reviewer, studio=studio, promise=promised),
        lambda: studios.withdraw_promise(by=reviewer, studio=studio, promise=promised, why="x"),
        lambda: studios.keep_promise(by=lead, studio=studio, promise=promised, report="x"),
        lambda: studios.unseat(by=office_staff, studio=studio, seat=other.lead),
    ):
        with pytest.raises(Refused, match="本工作室"):
            act()


def test_the_database_keeps_the_dates_of_a_promise(studio, lead):
    made = studios.promise(by=lead, studio=studio, text="x", due_on=DAY)
    for fields in ({"due_on": dt.date(2026, 1, 1)}, {"kept_on": DAY}, {"report": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=made.pk).update(**fields)
