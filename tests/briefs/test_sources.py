"""From a voice, a visit or a salon's point to a brief, and the way back from each."""

import re

import pytest

from shangliang.briefs import commands as briefs
from shangliang.briefs.models import Brief
from shangliang.briefs.queries import made_from
from shangliang.desk.verbs import verbs_for
from shangliang.journal.queries import public_timeline
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from shangliang.voices import commands as voices
from shangliang.voices.models import Voice
from tests.briefs.conftest import WORDS
from tests.journeys import walk
from tests.salons.conftest import announced, guests, held, office, plan, salon, summarised
from tests.visits.conftest import serving, voice_of, write

__all__ = [
    "announced", "guests", "held", "office", "plan", "salon", "serving", "summarised", "voice_of", "write",
]  # fmt: skip
PHONE = "13812345678"


@pytest.fixture
def voice(committee, courtyard):
    """A villager's word with a telephone number in it, being screened."""
    made, _code = walk.report(committee, courtyard, text=f"天黑看不见路，打{PHONE}找我。")
    return Voice.objects.get(pk=made.pk)


def typed(page) -> str:
    """The key that the form carries."""
    return re.search(r'name="key" value="([^"]+)"', page).group(1)


def test_the_button_on_a_voice_leads_through_one_form_to_its_brief(voice, liaison, client_as):
    assert "write_brief" in [verb.name for verb in verbs_for(liaison, "voice", voice)]
    client, address = client_as(liaison), f"/desk/do/voice/{voice.pk}/write_brief/"
    page = client.get(address).content.decode()
    form = page[page.index('<form class="form"'):]
    assert "天黑看不见路" in form
    assert PHONE not in form
    fields = {**WORDS, "informant": "演示·联络员", "told": "写成信息报上去，有回音告诉您。", "key": typed(page)}
    answer = client.post(address, {"seen": "screening", **fields})
    brief = Brief.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/briefs/{brief.pk}/")
    voice.refresh_from_db()
    assert (voice.state, voice.outcome_words) == (Voice.State.INFO, "写成信息报上去，有回音告诉您。")
    assert (brief.case_no, brief.region) == (voice.case_no, voice.region)


def test_a_voice_that_is_information_already_only_gets_its_brief(voice, liaison, office_staff, client_as):
    voices.turn_to_info(by=liaison, voice=voice, words="报上去。")
    assert "还没有写成信息" in client_as(liaison).get("/desk/").content.decode()
    brief = briefs.draft(by=office_staff, committee=voice.committee, informant="演示·甲", sources=[voice], **WORDS)
    assert brief.sources.get().voice == voice
    assert "还没有写成信息" not in client_as(liaison).get("/desk/").content.decode()


def test_a_voice_that_went_another_way_makes_no_brief(voice, liaison, office_staff):
    voices.answer(by=liaison, voice=voice, words="下周装灯。")
    assert "write_brief" not in [verb.name for verb in verbs_for(liaison, "voice", voice)]
    with pytest.raises(Refused, match="已答复"):
        briefs.draft(by=office_staff, committee=voice.committee, informant="演示·甲", sources=[voice], **WORDS)


def test_a_source_that_one_may_not_read_makes_no_brief(voice, member_account):
    with pytest.raises(Refused, match="找不到这个来源") as refusal:
        briefs.draft(by=member_account, committee=voice.committee, sources=[voice], **WORDS)
    assert refusal.value.field == "voice"
    assert not Brief.objects.exists()


def test_the_case_file_shows_its_brief_and_the_public_only_that_it_went_up(
    voice, liaison, office_staff, client_as, client
):
    brief = briefs.draft(by=liaison, committee=voice.committee, informant="演示·甲", sources=[voice], **WORDS)
    for step in (briefs.submit, briefs.take_edit):
        step(by=office_staff, brief=brief)
    assert [line.event for line in public_timeline(voice.case_no) if line.event.startswith("briefs")] == []
    briefs.sign(by=office_staff, brief=brief, post="秘书长")
    for to in ("区委办公室", "区政府办公室"):
        briefs.send(by=office_staff, brief=brief, level="district", to=to, on=clock.today())
    told = [line.says for line in public_timeline(voice.case_no) if line.event.startswith("briefs")]
    assert told == ["已转为社情民意信息上报"]
    for reader in (liaison, office_staff):
        page = client_as(reader).get(f"/desk/cases/{voice.case_no}/").content.decode()
        assert f'href="/desk/briefs/{brief.pk}/"' in page
    back = client_as(office_staff).get(f"/desk/briefs/{brief.pk}/").content.decode()
    assert f"/desk/cases/{voice.case_no}/#voice-{voice.pk}" in back
    assert PHONE not in back


def test_who_may_not_read_the_voice_sees_its_number_and_not_the_way(voice, liaison, member_account, client_as):
    brief = briefs.draft(
        by=liaison, committee=voice.committee, member=member_account.member, sources=[voice], **WORDS
    )
    page = client_as(member_account).get(f"/desk/briefs/{brief.pk}/").content.decode()
    assert voice.case_no in page
    assert f"/desk/cases/{voice.case_no}/" not in page


def test_a_visit_fills_the_form_and_shows_its_brief(write, serving, client_as, voice_of):
    visit = write(noted=f"村道黑，毛某{PHONE}。", voices=[voice_of("路灯坏了三个月。", "a")]).visit
    client = client_as(serving)
    assert f"/desk/briefs/new/?visit={visit.pk}" in client.get(f"/desk/visits/{visit.pk}/").content.decode()
    page = client.get(f"/desk/briefs/new/?visit={visit.pk}").content.decode()
    assert "路灯坏了三个月。" in page
    assert PHONE not in page
    client.post("/desk/briefs/new/", {"key": typed(page), "visit": visit.pk, **WORDS})
    brief = Brief.objects.get()
    assert brief.region == visit.region
    assert made_from(serving, "visit", [visit.pk]) == [brief]
    assert f"/desk/briefs/{brief.pk}/" in client.get(f"/desk/visits/{visit.pk}/").content.decode()
    assert f"/desk/visits/{visit.pk}/" in client.get(f"/desk/briefs/{brief.pk}/").content.decode()


def test_a_nonsense_source_in_the_address_is_an_empty_form(member_account, client_as):
    client = client_as(member_account)
    for asked in ("voice=abc", "voice=999999", "visit=²", "point=" + "9" * 40, "proposal=-1"):
        assert client.get(f"/desk/briefs/new/?{asked}").status_code == 200


def test_a_point_of_a_salon_fills_the_form_and_the_salon_shows_its_brief(summarised, office_staff, client_as):
    point, client = summarised.points.first(), client_as(office_staff)
    assert f"/desk/briefs/new/?point={point.pk}" in client.get(f"/desk/salons/{summarised.pk}/").content.decode()
    page = client.get(f"/desk/briefs/new/?point={point.pk}").content.decode()
    assert point.text in page
    client.post("/desk/briefs/new/", {"key": typed(page), "point": point.pk, "informant": "演示·甲", **WORDS})
    brief = Brief.objects.get()
    assert f"/desk/briefs/{brief.pk}/" in client.get(f"/desk/salons/{summarised.pk}/").content.decode()
    assert f"/desk/salons/{summarised.pk}/" in client.get(f"/desk/briefs/{brief.pk}/").content.decode()
