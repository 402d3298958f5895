"""The guard of villagers' money and labour: no task without a village decision that meets the law."""

import datetime as dt

from shangliang.agreements.models import Agreement
from shangliang.people.tenancy import within
from shangliang.shared import clock
from tests.journeys import walk

from .hands import fill, press, says, send, step


def test_the_guard_holds_until_the_village_has_decided(town, open_as):
    with within(town.committee), clock.at(clock.now() - dt.timedelta(days=30)):
        voice, _code = walk.report(town.committee, town.courtyard, text="院坝环境差，大家愿意出工一起整治。")
        walk.agreed(
            town.liaison, town.party, town.unit, town.members, town.courtyard, voice,
            kind=Agreement.Kind.SELF_HELP, party=Agreement.Party.VILLAGERS, unit=None,
            text="村民每户投工三天、出资一百元，整治邵家坝院坝。", villagers_yuan=1800, villagers_days=54,
        )
    case, item = voice.case_no, ".part[id^=agreement]"

    # The office finds no button to assign it, and the address of the button refuses.
    office = open_as(town.office)
    office.goto(f"/desk/cases/{case}/")
    says(office, "待村民决议")
    assert office.locator(item).get_by_role("link", name="交办", exact=True).count() == 0
    agreement = Agreement.objects.get()
    office.goto(f"/desk/do/agreement/{agreement.pk}/assign/")
    fill(office, unit=town.unit.pk, size="ordinary")
    send(office)
    says(office, "刚才已有变化")

    # A meeting below the quorum is refused with its numbers; what was typed stays.
    liaison = open_as(town.liaison)
    liaison.goto(f"/desk/cases/{case}/")
    press(liaison, "登记村民决议", item)
    today = clock.today()
    fill(
        liaison, body="delegates", noticed_on=(today - dt.timedelta(days=9)).isoformat(),
        held_on=(today - dt.timedelta(days=2)).isoformat(), entitled=30, present=19, in_favour=19,
        resolution="同意每户投工三天、出资一百元。",
    )
    send(liaison)
    says(liaison, "达不到法定人数", "19", "30")
    assert liaison.locator("[name=resolution]").input_value() == "同意每户投工三天、出资一百元。"
    fill(liaison, present=20, in_favour=18)
    send(liaison)
    says(liaison, "决议通过", "应到 30，到会 20，同意 18")

    # Now it may be reported and assigned.
    step(liaison, "报送", item)
    office.goto(f"/desk/cases/{case}/")
    step(office, "交办", item, unit=town.unit.pk)
    says(office, "已交办", town.unit.name)
