"""The desk's list and page of press reports (ledger 16, 媒体报道台账)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..newsroom import commands, forms, intake, policies
from ..newsroom.models import Snapshot, Takedown
from ..newsroom.queries import category_feed, checked, related
from ..people.roles import Role
from ..shared import clock
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60


def page(account, snapshot) -> dict:
    """The full text, where it came from, the cases, copies, related reports, and its numbers against the ledger."""
    return {
        "checked": checked(snapshot), "cases": _cases(account, snapshot),
        "copies": list(snapshot.copies.order_by("captured_at")),
        "related": related(snapshot, Snapshot.objects.visible_to(account)),
        "feed": category_feed(snapshot, Snapshot.objects.visible_to(account)), "viewed_at": clock.now(),
        "notices": _notices(account, snapshot),
    }  # fmt: skip


def _notices(account, snapshot):
    """The notices about it, or about another copy of it that closed it too."""
    of_it = Q(snapshot=snapshot) | Q(closed=snapshot)
    return Takedown.objects.visible_to(account).filter(of_it).distinct().order_by("-pk")


def _cases(account, snapshot) -> list:
    """The linked cases that this person may read; of the others not even the title is told."""
    from .file import may_see  # it knows the buttons, which know the kinds

    rows = snapshot.cases.select_related("region", "venue", "committee").order_by("no")
    return [case for case in rows if may_see(account, case)]


def to_publish(account, days) -> list[Waiting]:
    """Those that a reviewer has not decided about; a copy only while the earliest is not public."""
    rows = Snapshot.objects.filter(state=Snapshot.State.CAPTURED).exclude(first__state=Snapshot.State.PUBLISHED)
    rows = rows.order_by("captured_at", "pk")
    return [
        Waiting(
            "snapshot", "", row.title, str(_("同一篇的另一次收录") if row.first_id else row.get_state_display()),
            row.medium, None, "neutral",
            f"/desk/newsroom/{row.pk}/",
        )
        for row in rows[:MOST]
    ]  # fmt: skip


KIND = Kind(
    name="snapshot", plural="newsroom", icon="dossier", template="desk/snapshot.html", page=page, group="keeping",
    listing=Listing(
        Snapshot, _("媒体报道"), "-captured_at", "", ("title", "channel", "reprinted_from"), ("first",), "captured_at",
        late=False,
    ),
    columns=[
        Column(_("标题"), lambda s: s.title, 50, kind="link"),
        Column(_("原媒体"), lambda s: s.reprinted_from, 16), Column(_("来源"), lambda s: s.channel, 16),
        Column(_("署名"), lambda s: s.byline, 12, False), Column(_("类别"), lambda s: s.category_words, 8, False),
        Column(_("发布时间"), lambda s: s.published_at, 18, kind="date"),
        Column(_("收录时间"), lambda s: s.captured_at, 18, kind="date"),
        Column(_("原文地址"), lambda s: s.origin_url, 40, False), Column(_("摘要值"), lambda s: s.digest, 30, False),
        Column(_("怎么收录的"), lambda s: str(s.get_way_display()), 12, False),
        Column(_("状态"), lambda s: str(s.get_state_display()), kind="state"),
    ],
    related=("first", "captured_by"),
    begin=Begin(_("收录一篇报道"), forms.CaptureForm, commands.capture, policies.may_capture),
    also={
        "upload": Begin(_("上传存下的网页"), forms.UploadForm, intake.upload, policies.may_capture),
        "fetch": Begin(_("按地址取一篇"), forms.FetchForm, intake.take, policies.may_capture),
    },
    links=((_("订阅和网站"), "desk:news_sources", policies.READERS),),
    main=frozenset({"publish"}), grave=frozenset({"take_down"}), piles=(((Role.REVIEWER,), to_publish),),
    seen_by=policies.READERS,
)  # fmt: skip
