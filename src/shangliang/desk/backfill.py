"""Pages of the back-fill: the list of batches, and one page for each with the step that it waits for."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..backfill import commands, intake, queries
from ..backfill.forms import MapForm, MatchForm, ProofForm, ProveForm, ReadForm, WhyForm, heads_offered
from ..backfill.judging import judge, numbers_of
from ..backfill.models import Batch, Proof
from ..backfill.policies import STAFF
from ..cases.masking import mask
from ..figures.definitions import BY_KEY
from ..files.models import Attachment
from ..newsroom.models import Snapshot
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..shared import clock
from ..shared.refusals import Refused

PER_PAGE = 30
#: So many rows are shown of each sort; the others are counted.
SHOWN = 100


class _FromPress(forms.Form):
    """A proof can be a report that was captured; its address and digest are then filled in."""

    snapshot = forms.ModelChoiceField(
        label=_l("收录的报道"), queryset=Snapshot.objects.none(), required=False, empty_label=_l("不是收录的报道"),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].queryset = Snapshot.objects.defer("body").order_by("-captured_at")

    @property
    def told(self) -> dict:
        """What the command is told."""
        told = dict(self.cleaned_data)
        if snapshot := told.pop("snapshot"):
            told["proof"] = told["proof"] or f"{snapshot.title[:200]}（{snapshot.digest[:23]}）"
            told["proof_url"] = told["proof_url"] or snapshot.get_absolute_url()
        return told


class TakeInForm(_FromPress, ProofForm):
    """What proves the rows that name no proof of their own."""

    field_order = ["grade", "proof", "snapshot", "proof_url", "uploads"]


class RaiseForm(_FromPress, ProveForm):
    """A stronger proof for some of the rows."""

    field_order = ["rows", "grade", "proof", "snapshot", "proof_url", "uploads"]


@for_roles(*STAFF)
@require_http_methods(["GET", "POST"])
def batches(request):
    """All batches, and the form that reads one in."""
    form = ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file")
        try:
            made = intake.read(
                by=request.user, committee=request.committee, name=file.name if file else "",
                raw=file.read() if file else b"", **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            put_refusal(form, refused)
        else:
            return redirect(made)
    page = Paginator(queries.batches(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/backfills.html", {"form": form, "page": page}, status=422 if form.errors else 200)


def _batch(request, pk) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user).select_related("committee__region"), pk=pk)


@for_roles(*STAFF)
@never_cache
@require_GET
def batch(request, pk):
    """One batch at the step it waits for; ``?step=map`` goes back to the columns, ``?head=3`` names their row."""
    return _show(request, _batch(request, pk))


def _show(request, found, **tried):
    """The page; ``tried`` holds forms that came back with faults."""
    context = {"batch": found, "status": {}, **tried}
    status = 422 if tried else 200
    if found.state == Batch.State.READ or (found.state == Batch.State.MAPPED and _wants_map(request, tried)):
        context |= _mapping(request, found) | tried
        return render(request, "desk/backfill_map.html", context, status=status)
    if found.state == Batch.State.MAPPED:
        context |= _checking(found) | tried
        return render(request, "desk/backfill_check.html", context, status=status)
    context |= _standing(found) | tried
    return render(request, "desk/backfill_done.html", context, status=status)


def _wants_map(request, tried) -> bool:
    return "map" in tried or request.GET.get("step") == "map"


def _head(request, found) -> int | None:
    asked = request.GET.get("head") or request.POST.get("head") or ""
    rows = {str(number) for number, _words in heads_offered(found)}
    return int(asked) if asked in rows else None


def _mapping(request, found) -> dict:
    head, columns = queries.proposed(found, _head(request, found))
    form = MapForm(None, batch=found, head=head, columns=columns)
    first = [(number, [mask(cell) for cell in cells]) for number, cells in found.sheet[:12]]
    return {"map": form, "head": head, "heads": heads_offered(found), "first": first}


def _checking(found) -> dict:
    """The dry run, its questions, and the preview of what would count."""
    judged = judge(found, clock.today())
    good, bad = judged.good, judged.bad
    numbers = [(BY_KEY[key], number) for key, number in numbers_of(found.kind, good).items() if good]
    return {
        "judged": judged, "good": good[:SHOWN], "bad": bad[:SHOWN], "good_count": len(good), "bad_count": len(bad),
        "numbers": numbers, "years": sorted(Counter(row.on.year for row in good).items()),
        "doubts": [row for row in good if row.doubts][:SHOWN],
        "match": MatchForm(None, judged=judged, county=found.committee.region), "take": TakeInForm(),
    }  # fmt: skip


def _standing(found) -> dict:
    rows = found.records.select_related("region", "venue__region").order_by("row")
    grades = Counter(rows.values_list("grade", flat=True))
    files = Attachment.objects.filter(subject=found._meta.label_lower, subject_id=found.pk).order_by("pk")
    left = [_("第 %(n)s 行") % {"n": number} for number in found.answers.get("left", [])]
    return {
        "left": [*left[:SHOWN], *(["……"] if len(left) > SHOWN else [])], "rows": rows[:SHOWN],
        "count": sum(grades.values()), "grades": [(proof.label, grades[proof]) for proof in Proof if grades[proof]],
        "files": files, "prove": RaiseForm(), "undo": WhyForm(), "forget": WhyForm(),
    }  # fmt: skip


@for_roles(*STAFF)
@require_POST
def step(request, pk, verb):
    """Take one step of a batch; a refusal comes back beside what was typed."""
    found = _batch(request, pk)
    if verb not in _STEPS:
        raise Http404
    form = _form(request, found, verb)
    if form.is_valid():
        try:
            said = _STEPS[verb](request.user, found, form)
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, said)
            return redirect(found)
    return _show(request, found, **{verb: form})


def _form(request, found, verb):
    if verb == "map":
        head = _head(request, found) or 0
        form = MapForm(request.POST, batch=found, head=head, columns={})
        form.head = head
        return form
    if verb == "match":
        judged = judge(found, clock.today())
        return MatchForm(request.POST, judged=judged, county=found.committee.region)
    if verb in ("take", "prove"):
        return (TakeInForm if verb == "take" else RaiseForm)(request.POST, request.FILES)
    return forms.Form(request.POST) if verb == "drop" else WhyForm(request.POST)


def _map(by, found, form):
    commands.map_columns(by=by, batch=found, head=form.head, columns=form.columns)
    return _("栏目对好了，下面是每一行会怎样。")


def _match(by, found, form):
    told = form.cleaned_data
    commands.match(
        by=by, batch=found, places=form.answers("places"), members=form.answers("members"),
        twice=[int(number) for number in told.get("twice", [])], rough=told.get("rough", False),
    )  # fmt: skip
    return _("记下了。")


def _take(by, found, form):
    count = commands.take_in(by=by, batch=found, **form.told)
    return _("补录了 %(n)s 条，已经计入数字。") % {"n": count}


def _prove(by, found, form):
    return _("%(n)s 条补上了凭据。") % {"n": commands.prove(by=by, batch=found, **form.told)}


def _undo(by, found, form):
    commands.undo(by=by, batch=found, **form.cleaned_data)
    return _("整批撤回了，数字里不再有它。")


def _drop(by, found, _form):
    commands.drop(by=by, batch=found)
    return _("不补录了，读入的内容已经删除。")


def _forget(by, found, form):
    commands.forget(by=by, batch=found, **form.cleaned_data)
    return _("文字删除了，只留数字。")


_STEPS = {
    "map": _map, "match": _match, "take": _take, "prove": _prove, "undo": _undo, "drop": _drop, "forget": _forget,
}  # fmt: skip
