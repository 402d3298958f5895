"""The ladder: no adoption without a paper, no figure without a source, no step before the one below it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from shangliang.conversions import commands as conversions
from shangliang.conversions.amounts import in_words
from shangliang.conversions.models import Benefit, Clause, Conversion, Evidence
from shangliang.conversions.queries import ladder, sums_of
from shangliang.files.queries import of
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .conftest import DAY, FIGURE, STEPS


def refused(verb, conversion, office_staff, **fields):
    """(field, sentence) of the refusal; fails when the step is taken."""
    with pytest.raises(Refused) as refusal:
        getattr(conversions, verb)(by=office_staff, conversion=conversion, **fields)
    assert str(refusal.value).endswith("。")
    return refusal.value.field, str(refusal.value)


@pytest.mark.parametrize("verb", ["adopt", "adopt_part"])
@pytest.mark.parametrize("paper", ["", "  "])
def test_adopted_without_a_paper_is_refused_in_words(climb, office_staff, verb, paper):
    conversion = climb("consider")
    fields = {**STEPS["adopt"], "paper_no": paper, "words": "采纳三条"}
    field, sentence = refused(verb, conversion, office_staff, **fields)
    assert (field, sentence) == ("paper_no", "没有文号就不能登记采纳。请填写采纳文件的文号。")
    assert Conversion.objects.get(pk=conversion.pk).state == "considered"
    assert not Evidence.objects.filter(step__in=["adopted", "partly_adopted"]).exists()


def test_the_desk_says_so_beside_the_field_and_keeps_what_was_typed(climb, client_as, office_staff):
    conversion = climb("consider")
    typed = {"seen": "considered", "body": "区委、区政府", "on": "2023-05-24", "paper_no": "", "words": "全部采纳"}
    answer = client_as(office_staff).post(f"/desk/do/conversion/{conversion.pk}/adopt/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "没有文号就不能登记采纳" in page and 'id="id_paper_no_error"' in page
    for kept in ("区委、区政府", "2023-05-24", "全部采纳"):
        assert kept in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"source": ""}, "source", "没有来源的数字不能登记"),
        ({"source": "  "}, "source", "没有来源的数字不能登记"),
        ({"amount": 0}, "amount", "大于零"),
        ({"amount": Decimal("2.5")}, "amount", "整数"),
        ({"kind": "hearts"}, "kind", "种类"),
        ({"period_from": dt.date(2024, 1, 1)}, "period_to", "不能晚于结束"),
        ({"period_to": dt.date(2099, 1, 1)}, "period_to", "将来"),
    ],
)
def test_a_figure_without_source_amount_or_past_period_is_refused(adopted, office_staff, changes, field, words):
    told = refused("add_benefit", adopted, office_staff, **{**FIGURE, **changes})
    assert told[0] == field and words in told[1]
    assert Benefit.objects.count() == 0


def test_the_desk_asks_for_the_source_and_keeps_the_figure(adopted, client_as, office_staff):
    typed = {
        "seen": "adopted", "kind": "yuan", "amount": "530000000", "source": "", "period_from": "2022-01-01",
        "period_to": "2023-12-31",
    }  # fmt: skip
    answer = client_as(office_staff).post(f"/desk/do/conversion/{adopted.pk}/add_benefit/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "没有来源的数字不能登记" in page and 'id="id_source_error"' in page
    assert "530000000" in page and "2023-12-31" in page


@pytest.mark.parametrize("verb", list(STEPS))
def test_no_step_lies_before_the_one_below_it_or_in_the_future(climb, conversion, office_staff, verb):
    order = list(STEPS)
    if verb != order[0]:
        climb(order[order.index(verb) - 1])
    early = conversion.moved_on - dt.timedelta(days=1)
    field, sentence = refused(verb, conversion, office_staff, **{**STEPS[verb], "on": early})
    assert field == "on" and "不能早于" in sentence
    late = clock.today() + dt.timedelta(days=1)
    field, sentence = refused(verb, conversion, office_staff, **{**STEPS[verb], "on": late})
    assert field == "on" and "将来" in sentence


def test_without_an_origin_nothing_is_carried_further(committee, office_staff):
    with pytest.raises(Refused, match="至少选一个出处") as refusal:
        conversions.identify(by=office_staff, committee=committee, title="凭空")
    assert refusal.value.field == "report"


def test_a_point_of_a_salon_is_origin_enough_and_one_key_makes_one(summarised, committee, office_staff):
    fields = {"by": office_staff, "committee": committee, "title": "协会", "point": summarised.points.last(), "key": "k"}
    assert conversions.identify(**fields).pk == conversions.identify(**fields).pk


def test_the_tables_themselves_refuse_what_must_never_be_stored(adopted, committee):
    rows = Conversion._base_manager.filter(pk=adopted.pk)
    for broken in ({"adopted_paper": ""}, {"report": None}, {"channel": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(step="adopted").update(paper_no="")
    for broken in ({"source": ""}, {"amount": 0}, {"period_to": dt.date(2021, 1, 1)}, {"withdrawn_on": DAY.adopted}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Benefit.objects.create(committee=committee, conversion=adopted, **{**FIGURE, **broken})


def test_the_program_copies_the_sentence_of_the_final_report(adopted, office_staff):
    clause = {"policy": "惠企政策", "clause_no": "第五条", "clause_text": "给予担保。"}
    conversions.map_clause(by=office_staff, conversion=adopted, sentence=5, **clause)
    made = Clause.objects.get()
    assert made.sentence == "建议设立产业融资担保；" and made.version.final
    assert refused("map_clause", adopted, office_staff, sentence=5, **clause)[0] == "clause_no"
    assert refused("map_clause", adopted, office_staff, sentence=99, **clause)[0] == "sentence"
    for name in clause:
        assert refused("map_clause", adopted, office_staff, sentence=6, **{**clause, name: " "})[0] == name


def test_a_measure_needs_a_kind_a_name_and_a_past_day(adopted, office_staff):
    good = {"kind": "plan", "title": "规划", "on": DAY.in_force}
    for name, value in (("kind", "party"), ("title", " "), ("on", dt.date(2099, 1, 1))):
        assert refused("add_measure", adopted, office_staff, **{**good, name: value})[0] == name


def test_a_withdrawn_figure_stays_crossed_out_and_is_in_no_sum(published, office_staff, client):
    benefit = published.benefits.get()
    assert [row.words for row in sums_of([published])] == ["25 家企业"]
    conversions.withdraw_benefit(by=office_staff, conversion=published, benefit=benefit, why="报表有误")
    assert sums_of([published]) == []
    page = client.get(f"/results/{published.pk}/").content.decode()
    assert "<s>25 家企业</s>" in page and "报表有误" in page
    assert refused("withdraw_benefit", published, office_staff, benefit=published.benefits.get(), why="再")[0] == "benefit"


def test_figures_whose_periods_overlap_are_listed_and_not_added(published, office_staff, client):
    more = {**FIGURE, "amount": 7, "source": "区经信委报表"}
    apart = {"period_from": dt.date(2024, 1, 1), "period_to": dt.date(2024, 1, 31)}
    conversions.add_benefit(by=office_staff, conversion=published, **{**more, **apart, "amount": 3})
    assert [row.words for row in sums_of([published])] == ["28 家企业"]
    conversions.add_benefit(by=office_staff, conversion=published, **more)
    found = sums_of([published])[0]
    assert (found.words, sorted(row.amount for row in found.overlapping)) == ("3 家企业", [7, 25])
    page = client.get(f"/results/{published.pk}/").content.decode()
    assert "互相重叠，可能重复计算，没有加在一起" in page


def test_periods_that_meet_on_a_day_overlap():
    row = lambda pk, first, last: Benefit(  # noqa: E731
        pk=pk, kind="firms", amount=pk, period_from=dt.date(2023, 1, first), period_to=dt.date(2023, 1, last)
    )
    from shangliang.conversions.amounts import sums

    found = sums([row(1, 1, 10), row(2, 10, 12), row(4, 13, 14), row(8, 11, 12)], Benefit.Kind.choices)[0]
    assert (found.total, [b.pk for b in found.overlapping]) == (4, [1, 2, 8])


@pytest.mark.parametrize(
    ("kind", "amount", "words"),
    [
        ("yuan", "530000000", "5.3 亿元"), ("yuan", "530000001", "530,000,001 元"), ("yuan", "18600", "1.86 万元"),
        ("yuan", "99.5", "99.5 元"), ("yuan", "100000000", "1 亿元"), ("firms", "25", "25 家企业"),
        ("people", "1200", "1,200 人"), ("projects", "4.00", "4 个项目"),
    ],
)  # fmt: skip
def test_amounts_are_said_in_round_units_only_where_nothing_is_lost(kind, amount, words):
    assert in_words(kind, Decimal(amount)) == words


def test_the_rungs_say_how_far_it_came(climb):
    conversion = climb("consider")
    told = [(rung.label, rung.status) for rung in ladder(conversion)]
    assert told == [
        ("拟转化", "done"), ("已提交", "done"), ("已研究", "current"), ("已采纳", "todo"), ("已出台实施", "todo"),
        ("成效已记录", "todo"),
    ]  # fmt: skip


def test_what_was_not_adopted_ends_on_that_rung(climb, office_staff):
    conversion = climb("consider")
    conversions.not_adopt(by=office_staff, conversion=conversion, body="区政府", on=DAY.adopted, words="财力不足。")
    assert [(r.label, r.status) for r in ladder(conversion)][-1] == ("未采纳", "current")
    conversions.close(by=office_staff, conversion=conversion)
    assert [(r.label, r.status) for r in ladder(conversion)][-1] == ("未采纳", "done")


def test_a_paper_handed_in_stands_on_its_rung_and_is_public_only_when_chosen(
    conversion, office_staff, reviewer, client, tmp_path, settings
):
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = SimpleUploadedFile("纪要.pdf", b"%PDF-1.4 demo", content_type="application/pdf")
    conversions.submit(by=office_staff, conversion=conversion, files=[paper], **STEPS["submit"])
    proof = conversion.evidence.get()
    (kept,) = of(proof)
    assert [file.pk for file in ladder(conversion)[1].files] == [kept.pk]
    conversions.publish(by=reviewer, conversion=conversion, title="眼镜", summary="提交了。")
    assert kept.name not in client.get(f"/results/{conversion.pk}/").content.decode()
    conversions.take_back(by=reviewer, conversion=conversion, why="补文件")
    conversions.publish(by=reviewer, conversion=conversion, title="眼镜", summary="提交了。", files=[kept])
    assert kept.name in client.get(f"/results/{conversion.pk}/").content.decode()
    conversions.take_back(by=reviewer, conversion=conversion, why="收回")
    assert not of(proof)[0].is_public
