"""What carries an adopted output out and what came of it: measures, clauses, benefits."""

from django.utils.translation import gettext as _

from ...cases.masking import refuse_personal
from ...journal.record import command, record
from ...shared import clock
from ...shared.formats import day
from ...shared.lifecycle import move
from ...shared.refusals import require
from .. import events, policies
from ..amounts import in_words
from ..models import Benefit, Clause, Measure


@command
def add_measure(*, by, conversion, kind, title, on, paper_no="", head=""):
    """Enter what was set up or issued to carry it out; ``head`` is a post (区委书记任组长), never a name."""
    require(policies.may_add_measure(by, conversion))
    require(kind in Measure.Kind.values, _("请选择举措的种类。"), field="kind")
    require(title.strip(), _("请写举措的名称。"), field="title")
    require(on <= clock.today(), _("日期不能在将来。"), field="on")
    refuse_personal(title=title, paper_no=paper_no, head=head)
    moved = move(conversion, "add_measure")
    made = Measure.objects.create(
        committee=conversion.committee, conversion=conversion, kind=kind, name=title.strip(), on=on,
        paper_no=paper_no.strip(), head=head.strip(),
    )  # fmt: skip
    told = events.ConversionMeasureAdded(
        kind=made.get_kind_display(), title=made.name, on=str(on), paper_no=made.paper_no
    )
    record(told, about=conversion, by=by, moved=moved)


@command
def map_clause(*, by, conversion, sentence, policy, clause_no, clause_text, effect=""):
    """Tie sentence number ``sentence`` of the final report to the clause it became; the program copies its words."""
    require(policies.may_map_clause(by, conversion))
    require(conversion.report_id, _("这项成果没有调研报告，不能逐句对应。"))
    version = conversion.report.versions.filter(final=True).first()
    require(version, _("调研报告还没有定稿，不能逐句对应。"), field="sentence")
    known = {row.number: row.text for row in version.sentences}
    require(sentence in known, _("报告里没有这一句，请重新选择。"), field="sentence")
    require(policy.strip(), _("请写政策文件的名称。"), field="policy")
    require(clause_no.strip(), _("请写是第几条。"), field="clause_no")
    require(clause_text.strip(), _("请写条文。"), field="clause_text")
    refuse_personal(policy=policy, clause_text=clause_text, effect=effect)
    same = Clause.objects.filter(
        conversion=conversion, sentence_no=sentence, policy=policy.strip(), clause_no=clause_no.strip()
    )
    require(not same.exists(), _("这一句和这一条已经对应过了。"), field="clause_no")
    moved = move(conversion, "map_clause")
    made = Clause.objects.create(
        committee=conversion.committee, conversion=conversion, version=version, sentence_no=sentence,
        sentence=known[sentence][:1000], policy=policy.strip(), clause_no=clause_no.strip(),
        clause_text=clause_text.strip(), effect=effect.strip(),
    )  # fmt: skip
    told = events.ConversionClauseMapped(sentence=sentence, policy=made.policy, clause=made.clause_no)
    record(told, about=conversion, by=by, moved=moved)


@command
def add_benefit(*, by, conversion, kind, amount, source, period_from, period_to):
    """Enter one figure of what came of it; without a source and a period that has passed it is no figure."""
    require(policies.may_add_benefit(by, conversion))
    require(kind in Benefit.Kind.values, _("请选择效益的种类。"), field="kind")
    require(amount > 0, _("数量要大于零。"), field="amount")
    whole = kind == Benefit.Kind.YUAN or amount == int(amount)
    require(whole, _("企业、项目和人要填整数。"), field="amount")
    require(source.strip(), _("没有来源的数字不能登记。请写明数字出自哪里。"), field="source")
    require(period_from <= period_to, _("期间的开始不能晚于结束。"), field="period_to")
    require(period_to <= clock.today(), _("期间的结束不能在将来。"), field="period_to")
    refuse_personal(source=source)
    moved = move(conversion, "add_benefit")
    made = Benefit.objects.create(
        committee=conversion.committee, conversion=conversion, kind=kind, amount=amount, source=source.strip(),
        period_from=period_from, period_to=period_to,
    )  # fmt: skip
    told = events.ConversionBenefitAdded(
        kind=kind, amount=in_words(kind, amount), source=made.source, period=f"{day(period_from)}—{day(period_to)}"
    )
    record(told, about=conversion, by=by, moved=moved)


@command
def withdraw_benefit(*, by, conversion, benefit, why):
    """Withdraw a figure that does not hold; it stays, crossed out, and is in no sum any more."""
    require(policies.may_withdraw_benefit(by, conversion))
    require(benefit.conversion_id == conversion.pk, _("请选择这项成果的效益。"), field="benefit")
    require(why.strip(), _("请写明为什么撤销。"), field="why")
    require(benefit.withdrawn_on is None, _("这一笔已经撤销了。"), field="benefit")
    moved = move(conversion, "withdraw_benefit")
    benefit.withdrawn_on, benefit.withdrawn_why = clock.today(), why.strip()[:200]
    benefit.save(update_fields=["withdrawn_on", "withdrawn_why"])
    told = events.ConversionBenefitWithdrawn(amount=in_words(benefit.kind, benefit.amount))
    record(told, about=conversion, by=by, why=why, moved=moved)
