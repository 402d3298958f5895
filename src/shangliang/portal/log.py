"""The public log for people: what it is, how long, who witnessed it, and how anybody can check it; a case's proof."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..cases.masking import mask
from ..federation.queries import crossed
from ..journal.queries import public_timeline
from ..partnerships.models import Matter
from ..witness import queries
from ..witness.models import Fork, Salt, Watched
from .cases import published


@require_safe
def log(request):
    """The public log in plain words."""
    newest = queries.latest()
    context = {
        "newest": newest, "root": newest and queries.note.read_note(newest.note).checkpoint.root.hex(),
        "witnessed": queries.witnessed(), "watched": Watched.objects.filter(ended_at=None).order_by("pk"),
        "forks": Fork.objects.select_related("watched").order_by("-found_at")[:20], "key": str(queries.log_key()),
    }  # fmt: skip
    return render(request, "portal/log.html", context)


@published("/proof.json")
def case_proof(request, page):
    """What ties each line of a public case to its leaf: verify_log.py --case checks it against the log."""
    lines = public_timeline(page.case.no)
    salts = dict(Salt.objects.filter(seq__in=[line.seq for line in lines]).values_list("seq", "salt"))
    told = [
        {"index": line.seq - 1, "digest": line.digest, "salt": salts[line.seq], "says": mask(line.says)}
        for line in lines if salts.get(line.seq)
    ]  # fmt: skip
    return JsonResponse({"case": page.case.no, "lines": told, "not_yet": len(lines) - len(told)})


@published("/crossed/")
def case_crossed(request, page):
    """What was told to the neighbouring side about this case, and what it told us, line by line."""
    joints = list(Matter.objects.filter(topic__case=page.case).values_list("joint", flat=True))
    context = {"case": page.case, "rows": crossed(*joints) if joints else [], "mask": mask}
    return render(request, "portal/crossed.html", context)
