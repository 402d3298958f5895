"""Published cases: the list, one case's page, its JSON twin and the card for the wall."""

import re
import unicodedata
from functools import wraps

from django.conf import settings
from django.db.models import Subquery
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .. import papers
from ..cases import thread
from ..cases.masking import mask
from ..cases.models import Case
from ..files.models import Attachment
from ..journal.models import Head
from ..people.tenancy import within
from ..shared import clock
from . import casefile
from .caselist import listing

#: The digest of the journal's last entry.
JOURNAL_NOW = Subquery(Head.objects.values("digest")[:1])
_NUMBER = re.compile(r"[A-Z0-9]{1,6}-\d{4}-\d{4,9}", re.ASCII)


@require_safe
def cases(request):
    """The published cases, narrowed by what the address says."""
    if request.committee is None:
        raise Http404
    return render(request, "portal/cases.html", {"list": listing(request), "lit": thread.lit})


def published(suffix="", prefix="/cases/"):
    """Decorator: give the view the published case of this number, or lead to where it continues.

    A number typed in lower case or with spaces leads to the right address; a number that is unknown and one
    that is not public get the same answer.
    """

    def around(view):
        @wraps(view)
        @require_safe
        def run(request, no):
            number = "".join(unicodedata.normalize("NFKC", no).split()).upper()
            if not _NUMBER.fullmatch(number):
                raise Http404
            rows = Case.everywhere.select_related("region", "venue__region")
            case = rows.annotate(head=JOURNAL_NOW).filter(no=number).first()
            if case and case.joined_to_id:
                case = case.joined_to
            if case is None or case.state != Case.State.PUBLISHED:
                raise Http404
            if case.no != no:
                return redirect(f"{prefix}{case.no}{suffix or '/'}", permanent=True)
            _enter(request, case)
            with within(case.committee):
                return view(request, casefile.current(case, clock.today()))

        return run

    return around


def _enter(request, case):
    """Go on within the committee of the case, read anew only where it is not the one of the request."""
    if request.committee.pk == case.committee_id:
        case.committee = request.committee
    request.committee = case.committee


@published()
def case(request, page):
    """The result card: what was raised, agreed, done and said of it, with the journal behind it."""
    context = {
        "page": page, "case": page.case, "mask": mask, "reason_of": casefile.reason_of,
        "tags": casefile.PICTURE_TAGS, "place": place_of(page.case), "yuan": casefile.yuan,
    }
    return render(request, "portal/case.html", context)


@published(".json")
def case_json(request, page):
    """The same, for programs."""
    case = page.case
    told = {
        "no": case.no,
        "address": f"{settings.PUBLIC_ADDRESS}{case.get_absolute_url()}",
        "title": mask(case.title),
        "summary": mask(case.summary),
        "place": place_of(case),
        "stage": case.stage,
        "opened_on": case.opened_on,
        "published_on": case.published_on,
        "voices": page.voices,
        "consultations": [
            {"on": each.starts_at, "state": each.state, "present": each.present}
            for each in page.consultations
        ],
        "rounds": [
            {"question": each.question, "closed_at": each.closed_at, "votes_digest": each.seal,
             "address": f"{settings.PUBLIC_ADDRESS}{each.get_absolute_url()[:-1]}.json"}
            for each in page.rounds
        ],
        "items": [_item(item) for item in page.items],
        "proposals": [_counsel(each) for each in page.proposals],
        "ratings": [
            {"value": rating.value, "by": "reporter" if rating.voice_id else "attendee"}
            for rating in page.ratings
        ],
        "unrated": page.silent,
        "timeline": [
            {"entry": line.seq, "at": line.when, "event": line.event, "says": mask(line.says),
             "digest": line.digest}
            for line in page.lines
        ],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _item(item) -> dict:
    agreement = item.agreement
    return {
        "number": agreement.number,
        "kind": agreement.kind,
        "state": agreement.state,
        "text": mask(agreement.text),
        "party": agreement.party,
        "unit": agreement.unit.name if agreement.unit else None,
        "co_units": item.helpers,
        "due_on": agreement.due_on,
        "tasks": _tasks(item.duties),
    }


def _tasks(duties) -> list[dict]:
    return [
        {"unit": duty.task.unit.name, "state": duty.task.state, "due_on": duty.task.deadline.due_on,
         "extended_by": duty.task.deadline.extended_by, "grade": duty.task.grade,
         "result": mask(duty.task.result_words)}
        for duty in duties
    ]  # fmt: skip


def _counsel(counsel) -> dict:
    proposal = counsel.proposal
    return {
        "year": proposal.year,
        "number": proposal.number,
        "title": mask(proposal.title),
        "state": proposal.state,
        "tasks": _tasks(counsel.duties),
        "evaluations": counsel.said,
    }


@published("/card.pdf")
def card_pdf(request, page):
    """The card for the courtyard wall, one large-print A4 page."""
    case = page.case
    made = papers.result_card(
        papers.ResultCard(
            committee=case.committee.name,
            case_no=case.no,
            title=mask(case.title),
            place=place_of(case),
            raised=mask(case.summary),
            done=" ".join(page.results),
            address=f"{settings.PUBLIC_ADDRESS}{case.get_absolute_url()}",
            agreed=(*(_agreed(item) for item in page.items), *_counselled(page)),
            milestones=_milestones(page),
            rating="、".join(f"{words} {number}" for words, number in page.said) or _last_said(page),
            before=_bytes(page, Attachment.Role.BEFORE) or _bytes(page, Attachment.Role.REPORT),
            after=_bytes(page, Attachment.Role.AFTER),
        )
    )
    headers = {"Content-Disposition": f'inline; filename="{case.no}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _agreed(item) -> papers.AgreedItem:
    agreement = item.agreement
    who = agreement.unit.name if agreement.unit else agreement.get_party_display()
    return papers.AgreedItem(text=mask(agreement.text), unit=str(who), due_on=agreement.due_on)


def _counselled(page) -> list:
    """The units of a proposal with what each of them took on."""
    return [
        papers.AgreedItem(
            text=mask(each.proposal.title), unit=duty.task.unit.name, due_on=duty.task.deadline.due_on
        )
        for each in page.proposals for duty in each.duties
    ]  # fmt: skip


def _last_said(page) -> str:
    """What the proposer of a proposal says now."""
    return "、".join(each.said[-1] for each in page.proposals if each.said)


def _milestones(page) -> tuple:
    labels = {"voice": "反映", "consultation": "协商", "task": "交办", "result": "办成", "rating": "评价"}
    reached = thread.dates_of(page.lines)
    return tuple(
        papers.Milestone(label, reached[stage].date())
        for stage, label in labels.items() if stage in reached
    )


def _bytes(page, role) -> bytes | None:
    """The first public picture of this role that is on the disk."""
    for picture in page.pictures:
        if picture.role == role and picture.path.exists():
            return picture.path.read_bytes()
    return None


def place_of(case) -> str:
    """Town, village and, where there is one, the courtyard."""
    return case.venue.full_name if case.venue else case.region.full_name
