"""Conversions on the desk and for everybody."""

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from shangliang.conversions import commands as conversions
from shangliang.conversions.models import Conversion
from shangliang.people.roles import Role
from shangliang.proposals import commands as proposals
from shangliang.shared import clock
from shangliang.shared.refusals import Refused
from tests import factories
from tests.proposals.conftest import WORDS

from .conftest import DAY, FIGURE, STEPS


def test_the_public_page_tells_the_whole_ladder_with_its_papers(published, client):
    page = client.get(f"/results/{published.pk}/").content.decode()
    for words in (
        "第 6 级，共 6 级", "眼镜产业园发展专题会", "演示〔2023〕3号", "演示〔2023〕1号", "演示〔2023〕9号", "产业园领导小组",
        "区委书记任组长", "建议设立产业融资担保；", "给予担保。", "小厂能贷款。", "25 家企业", "来源：重庆日报 2024-01-20",
        "期间：2022年1月1日 至 2023年12月31日",
    ):  # fmt: skip
        assert words in page, words


def test_the_list_of_results_adds_up_with_sources_and_names_where_each_stands(published, client):
    page = client.get("/results/").content.decode()
    assert published.title in page and "25 家企业" in page and "第 6 步，共 6 步" in page
    assert "来源：重庆日报 2024-01-20" in page and "期间：2022年1月1日 至 2023年12月31日" in page


def test_a_closed_one_that_was_not_adopted_does_not_look_like_a_success(climb, office_staff, client):
    conversion = climb("consider")
    conversions.not_adopt(by=office_staff, conversion=conversion, body="区政府", on=DAY.adopted, words="财力不足。")
    conversions.close(by=office_staff, conversion=conversion)
    conversions.publish(by=office_staff, conversion=conversion, title="直通车", summary="没有采纳。")
    page = client.get("/results/").content.decode()
    assert "第 4 步，共 4 步：未采纳" in page


def test_the_salon_tells_what_became_of_it(summarised, published, reviewer, client):
    from shangliang.salons import commands as salons

    published.report.__class__._base_manager.filter(pk=published.report_id).update(salon=summarised)
    salons.publish(by=reviewer, salon=summarised, theme="眼镜", summary="谈了。", next_steps="写。")
    page = client.get(f"/salons/{summarised.pk}/").content.decode()
    assert f"/results/{published.pk}/" in page
    assert f"/salons/{summarised.pk}/" in client.get(f"/results/{published.pk}/").content.decode()


def test_what_is_not_public_is_not_found_and_what_was_taken_back_is_gone(published, reviewer, client):
    conversions.take_back(by=reviewer, conversion=published, why="有错字")
    assert client.get(f"/results/{published.pk}/").status_code == 404
    assert published.title not in client.get("/results/").content.decode()


def test_personal_data_is_refused_wherever_it_would_become_public(adopted, reviewer, office_staff):
    phone = "找张三 13812345678"
    with pytest.raises(Refused) as refusal:
        conversions.publish(by=reviewer, conversion=adopted, title="眼镜", summary=phone)
    assert refusal.value.field == "summary"
    with pytest.raises(Refused) as refusal:
        conversions.add_benefit(by=office_staff, conversion=adopted, **{**FIGURE, "source": phone})
    assert refusal.value.field == "source"


def test_every_offered_button_opens_its_form(adopted, client_as, office_staff):
    from shangliang.desk.verbs import verbs_for

    client = client_as(office_staff)
    names = [verb.name for verb in verbs_for(office_staff, "conversion", adopted)]
    assert {"put_in_force", "add_measure", "map_clause", "add_benefit", "publish"} <= set(names)
    for name in names:
        assert client.get(f"/desk/do/conversion/{adopted.pk}/{name}/").status_code == 200, name


def test_a_conversion_is_begun_from_the_page_of_its_report_with_its_title(delivered, client_as, office_staff):
    client = client_as(office_staff)
    page = client.get(f"/desk/conversions/new/?report={delivered.pk}").content.decode()
    assert f'value="{delivered.title}"' in page and "selected" in page
    for nonsense in ("report=zz", "report=987654", "point=-1", "report=²", "proposal=" + "9" * 40):
        assert client.get(f"/desk/conversions/new/?{nonsense}").status_code == 200


def test_nobody_is_asked_before_time_and_the_office_is_after_it(conversion, client_as, office_staff):
    conversions.submit(by=office_staff, conversion=conversion, **{**STEPS["submit"], "on": clock.today()})
    client = client_as(office_staff)
    assert conversion.title not in client.get("/desk/").content.decode()
    with clock.at(clock.today() + dt.timedelta(days=61)):
        assert conversion.title in client.get("/desk/").content.decode()


def test_readers_are_the_committees_own(adopted, client_as, account, member_account, other_committee):
    address = f"/desk/conversions/{adopted.pk}/"
    assert client_as(member_account).get(address).status_code == 200
    strangers = [account(Role.PARTY_APPROVER), account(Role.COMMITTEE_OFFICE, committee=other_committee)]
    for stranger in strangers:
        assert client_as(stranger).get(address).status_code == 404


def _more(committee, office_staff, report, number):
    for n in range(number):
        made = conversions.identify(by=office_staff, committee=committee, title=f"第{n}项", report=report)
        for verb in ("submit", "consider", "adopt"):
            getattr(conversions, verb)(by=office_staff, conversion=made, **STEPS[verb])
        conversions.add_benefit(by=office_staff, conversion=made, **FIGURE)
        conversions.publish(by=office_staff, conversion=made, title=made.title, summary="有了结果。")


@pytest.mark.parametrize("address", ["/results/", "/desk/conversions/", "/desk/"])
def test_lists_ask_a_fixed_number_of_queries(
    address, published, committee, delivered, office_staff, client_as, count_queries
):
    client = client_as(office_staff)
    client.get(address)
    one = count_queries(lambda: client.get(address))
    _more(committee, office_staff, delivered, 7)
    assert Conversion.objects.published().count() == 8
    assert count_queries(lambda: client.get(address)) == one


def test_the_record_and_the_public_page_ask_a_fixed_number_of_queries(
    published, office_staff, client_as, count_queries
):
    client = client_as(office_staff)
    addresses = (f"/desk/conversions/{published.pk}/", f"/results/{published.pk}/")
    for address in addresses:
        client.get(address)
    before = [count_queries(lambda a=address: client.get(a)) for address in addresses]
    for n in range(5):
        conversions.add_benefit(by=office_staff, conversion=published, **FIGURE)
        conversions.add_measure(by=office_staff, conversion=published, kind="plan", title=f"规划{n}", on=DAY.in_force)
        clause = {"policy": "政策", "clause_no": f"第{n}条", "clause_text": "条文"}
        conversions.map_clause(by=office_staff, conversion=published, sentence=1, **clause)
    assert [count_queries(lambda a=address: client.get(a)) for address in addresses] == before


def test_a_title_that_the_reader_may_not_see_stands_on_no_page_ledger_or_form(
    committee, office_staff, account, member_account, summarised, client_as
):
    point = summarised.points.first()
    other = factories.member(committee, name="委员丁")
    words = WORDS | {"title": "还没想好的提案"}
    proposal = proposals.draft(by=account(Role.MEMBER, member=other), committee=committee, **words)
    made = conversions.identify(
        by=office_staff, committee=committee, title="路灯亮起来", point=point, proposal=proposal
    )
    for reader, reads_point in ((member_account, False), (office_staff, True)):
        client = client_as(reader)
        for address in (f"/desk/conversions/{made.pk}/", "/desk/ledgers/11/?sheet=conversions"):
            page = client.get(address).content.decode()
            assert "还没想好的提案" not in page, address
        page = client.get(f"/desk/conversions/{made.pk}/").content.decode()
        assert (point.text in page) == reads_point and "提案（不在您的查阅范围内）" in page
        book = client.post("/desk/ledgers/11/export/", {"sheet": "conversions"})
        told = str(CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python())
        assert "路灯亮起来" in told and (point.text in told) == reads_point
        assert ("沙龙要点（不在您的查阅范围内）" in told) != reads_point
    form = client_as(office_staff).get("/desk/conversions/new/").content.decode()
    assert point.text[:24] in form and "还没想好的提案" not in form
