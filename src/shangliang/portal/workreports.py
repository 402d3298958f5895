"""The committee's reports for everybody: each number a link to its page, and beside it what is counted now."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..reports import papers
from ..reports.models import WorkReport
from ..reports.queries import standings
from .paging import page_number

SIZE = 20


@require_safe
def reports(request):
    """The published reports, the latest period first."""
    if request.committee is None:
        raise Http404
    number = page_number(request)
    rows = WorkReport.objects.published().defer("draft", "settled").order_by("-year", "-quarter", "-pk")
    shown = list(rows[(number - 1) * SIZE : number * SIZE + 1])
    context = {"rows": shown[:SIZE], "more": len(shown) > SIZE, "number": number}
    return render(request, "portal/work_reports.html", context)


@require_safe
def report(request, pk):
    """One published report as it was settled; one that is not public gets the answer of one that does not exist."""
    found = _published(request, pk)
    content = found.content
    context = {"report": found, "content": content, "standings": standings(content)}
    return render(request, "portal/work_report.html", context)


@require_safe
def file(request, pk, ending):
    """The report as Word or PDF: always the same bytes, whatever the records tell by now."""
    if ending not in papers.FORMS:
        raise Http404
    found = _published(request, pk)
    make, media_type = papers.FORMS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{papers.name_of(found, ending)}"'}
    return HttpResponse(make(found), content_type=media_type, headers=headers)


def _published(request, pk):
    if request.committee is None:
        raise Http404
    return get_object_or_404(WorkReport.objects.published().select_related("committee"), pk=pk)
