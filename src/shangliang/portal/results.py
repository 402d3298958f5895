"""Published conversions: what became of reports and points, step by step, with figures that name their source."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..conversions.amounts import in_words, sums
from ..conversions.models import Benefit, Conversion
from ..conversions.queries import ladder, sums_of
from ..people.tenancy import within
from .paging import page_number

SIZE = 20


@require_safe
def results(request):
    """The published conversions, and what came of all of them together."""
    if request.committee is None:
        raise Http404
    with within(request.committee):
        public = Conversion.objects.published()
        number = page_number(request)
        rows = public.order_by("-moved_on", "-pk")
        shown = list(rows[(number - 1) * SIZE : number * SIZE + 1])
        context = {
            "rows": [(row, _reached(row)) for row in shown[:SIZE]], "more": len(shown) > SIZE, "number": number,
            "sums": sums_of(public.values("pk")), "in_words": in_words, "mask": mask,
        }  # fmt: skip
        return render(request, "portal/results.html", context)


def _reached(conversion) -> tuple:
    """(rungs climbed, rungs of its ladder, where it stands); what was not adopted ends on the rung of that answer."""
    State, steps = Conversion.State, Conversion.STEPS
    decided = steps.index(State.ADOPTED) + 1
    closed = conversion.state == State.CLOSED
    if conversion.state == State.NOT_ADOPTED or (closed and not conversion.adopted_paper):
        return decided, decided, State.NOT_ADOPTED.label
    if conversion.state in Conversion.TAKEN:
        return decided, len(steps), conversion.get_state_display()
    climbed = len(steps) if closed else steps.index(State(conversion.state)) + 1
    return climbed, len(steps), conversion.get_state_display()


@require_safe
def result(request, pk):
    """One published conversion with its ladder, measures, clauses and figures."""
    if request.committee is None:
        raise Http404
    with within(request.committee):
        rows = Conversion.objects.published().select_related("report__salon", "point__salon")
        found = get_object_or_404(rows, pk=pk)
        benefits = list(found.benefits.all())
        context = {
            "result": found, "mask": mask, "rungs": ladder(found, public=True), "measures": list(found.measures.all()),
            "clauses": list(found.clauses.all()), "benefits": benefits, "in_words": in_words,
            "sums": sums(benefits, Benefit.Kind.choices), "salon": _salon(found),
        }  # fmt: skip
        return render(request, "portal/result.html", context)


def _salon(conversion):
    """The salon it came from, where that is public."""
    point, report = conversion.point, conversion.report
    salon = (point and point.salon) or (report and report.salon)
    return salon if salon and salon.is_public else None
