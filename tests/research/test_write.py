"""Writing, versions, reviews, delivery: what is refused, and what never changes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from shangliang.research import commands as research
from shangliang.research.models import Author, Report, Version
from shangliang.research.sentences import paragraphs, sentences
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

from .conftest import SPRING, TEXT


def test_sentences_are_numbered_through_the_text_and_headings_are_not():
    rows = sentences(TEXT)
    assert [row.number for row in rows] == list(range(1, 8))
    assert [row.text for row in rows][:5] == [
        "本报告讲眼镜产业。", "小厂拿不出抵押物。", "“订单来了，缺钱买料。”", "大家都这么说。", "建议设立产业融资担保；",
    ]  # fmt: skip
    assert [kind for kind, _line in paragraphs(TEXT)] == ["p", "h1", "p", "h2", "p", "h1", "p"]


@pytest.mark.parametrize("text", ["", "\n \n", "一、只有标题", "没有句号的一句", "（一）做强龙头。引进企业。"])
def test_sentences_keep_every_character_of_the_paragraphs(text):
    body = "".join(line for kind, line in paragraphs(text) if kind == "p")
    assert "".join(row.text for row in sentences(text)) == body


def test_a_version_is_kept_for_good_and_the_next_takes_its_place(written, office_staff):
    with pytest.raises(Refused, match="一字不差") as refusal:
        research.save_version(by=office_staff, report=written, text=TEXT + "\n")
    assert refusal.value.field == "text"
    research.save_version(by=office_staff, report=written, text=TEXT + "再加一句。")
    first, second = written.versions.all()
    assert (first.number, first.text, second.number) == (1, TEXT, 2)
    assert first.is_intact and second.is_intact


def test_a_final_version_cannot_be_followed_by_another(final, office_staff):
    for state in ("final", "delivered"):
        Report._base_manager.filter(pk=final.pk).update(state=state, delivered_to="区委", delivered_on=SPRING)
        with pytest.raises(Refused, match="不能做这一步"):
            research.save_version(by=office_staff, report=Report.objects.get(pk=final.pk), text="偷偷改。")
    assert Version.objects.get().text == TEXT and Version.objects.get().final


def test_a_changed_text_no_longer_fits_its_digest(final, client_as, office_staff):
    Version._base_manager.filter(report=final).update(text="偷偷改过的。")
    assert "对不上" in client_as(office_staff).get(f"/desk/research/{final.pk}/").content.decode()


def test_without_a_text_nothing_goes_to_review_and_without_agreement_nothing_is_final(report, office_staff):
    with pytest.raises(Refused, match="还没有写报告正文"):
        research.submit(by=office_staff, report=report)
    research.save_version(by=office_staff, report=report, text=TEXT)
    research.submit(by=office_staff, report=report)
    for verdict in (None, "pass", "change"):
        if verdict:
            research.review(by=office_staff, report=report, verdict=verdict, words="看过。")
    with pytest.raises(Refused, match="同意定稿"):
        research.finalise(by=office_staff, report=report)


def test_the_agreement_to_an_older_version_does_not_make_the_next_one_final(written, office_staff):
    research.submit(by=office_staff, report=written)
    research.review(by=office_staff, report=written, verdict="pass", words="同意。")
    research.send_back(by=office_staff, report=written, why="补一句。")
    research.save_version(by=office_staff, report=written, text=TEXT + "补的一句。")
    research.submit(by=office_staff, report=written)
    with pytest.raises(Refused, match="同意定稿"):
        research.finalise(by=office_staff, report=written)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"to": "区委", "on": SPRING - dt.timedelta(days=1)}, "on", "不能早于定稿"),
        ({"to": "区委", "on": dt.date(2099, 1, 1)}, "on", "将来"),
        ({"to": " ", "on": SPRING}, "to", "报送给谁"),
    ],
)
def test_a_delivery_without_addressee_or_on_an_impossible_day_is_refused(final, office_staff, fields, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        research.deliver(by=office_staff, report=final, **fields)
    assert refusal.value.field == field


def test_feedback_needs_words_and_a_post_and_comes_after_the_delivery(delivered, office_staff):
    good = {"words": "已阅。", "said_by": "区委办公室", "on": SPRING}
    for name, value in (("words", ""), ("said_by", " "), ("on", SPRING - dt.timedelta(days=1))):
        with pytest.raises(Refused) as refusal:
            research.receive_feedback(by=office_staff, report=delivered, **{**good, name: value})
        assert refusal.value.field == name
    research.receive_feedback(by=office_staff, report=delivered, **good)
    research.receive_feedback(by=office_staff, report=delivered, **{**good, "words": "再补一句。"})
    assert delivered.feedbacks.count() == 2


def test_beginning_twice_with_one_key_is_one_report(committee, office_staff, author):
    fields = {"by": office_staff, "committee": committee, "title": "报告", "lead": author, "key": "k"}
    with clock.at(SPRING):
        assert research.begin(**fields).pk == research.begin(**fields).pk
        for broken in ({"title": " "}, {"lead": None}):
            with pytest.raises(Refused) as refusal:
                research.begin(**{**fields, **broken, "key": ""})
            assert refusal.value.field in broken


def test_the_table_refuses_a_second_lead_a_nameless_author_and_a_second_final_version(final, committee):
    with pytest.raises(IntegrityError), transaction.atomic():
        Author.objects.create(committee=committee, report=final, name="某", lead=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Author.objects.create(committee=committee, report=final)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            committee=committee, report=final, number=2, text="二", digest="x", saved_by="某", saved_at=clock.now(),
            final=True,
        )  # fmt: skip
