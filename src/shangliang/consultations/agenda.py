"""What the rounds of opinion on a topic offer for the agenda of its sitting, with their results in words."""

from django.utils.translation import gettext_lazy as _

from ..journal.record import as_stored
from ..opinions.models import Round
from ..opinions.picture import picture


def offered(consultation) -> dict[int, tuple]:
    """{statement's key: (statement, its result in words)} of the topic's rounds, what all accept first, then what is
    disputed, then the others; without what the agenda has already."""
    taken = set(consultation.agenda.exclude(statement=None).values_list("statement", flat=True))
    found: dict = {}
    for round in Round.objects.filter(topic=consultation.topic_id).exclude(state__in=["draft", "cancelled"]):
        seen = picture(round)
        for told in [*seen.consensus, *seen.disputes, *seen.told]:
            if told.statement.pk not in taken and told.all.known:
                found.setdefault(told.statement.pk, (told.statement, in_words(seen, told)))
    return found


def in_words(seen, told) -> str:
    """One statement's result, as an agenda and minutes cite it, in the installation's language."""
    still = as_stored(_("（征询还在进行）")) if seen.round.state == Round.State.OPEN else ""
    return _said(seen, told) + still


def _said(seen, told) -> str:
    number = {"n": told.all.seen, "yes": told.all.percents["agree"], "low": round(told.low * 100)}
    number["no"] = told.all.percents["disagree"]
    if told.accepted and len(seen.groups) < 2:
        if told.agree:
            return as_stored(_("大家都认：%(n)s 人表态，赞成 %(yes)s%%") % number)
        return as_stored(_("多数人不赞成：%(n)s 人表态，反对 %(no)s%%") % number)
    if told.accepted and told.agree:
        return as_stored(_("各组都认：%(n)s 人表态，赞成 %(yes)s%%，最保留的一组至少 %(low)s%%") % number)
    if told.accepted:
        return as_stored(_("各组都不赞成：%(n)s 人表态，反对 %(no)s%%，最保留的一组至少 %(low)s%%") % number)
    if told in seen.disputes:
        shares = [(g.letter, told.groups[g.id]) for g in seen.groups if told.groups[g.id].known]
        each = "，".join(as_stored(_("%(group)s 组赞成 %(yes)s%%") % _group(*pair)) for pair in shares)
        return as_stored(_("还没说到一起：%(n)s 人表态，") % number) + each
    return as_stored(_("%(n)s 人表态，赞成 %(yes)s%%，反对 %(no)s%%") % number)


def _group(letter, bar) -> dict:
    return {"group": letter, "yes": bar.percents["agree"]}
