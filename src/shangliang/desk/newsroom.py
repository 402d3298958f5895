"""The desk's list and page of press reports (ledger 16, 媒体报道台账)."""

from django.utils.translation import gettext_lazy as _

from ..newsroom import commands, forms, policies
from ..newsroom.models import Snapshot
from ..newsroom.queries import checked, related
from ..people.roles import Role
from .kind import Begin, Kind, Listing, Waiting
from .ledgers import Column

MOST = 60


def page(account, snapshot) -> dict:
    """The full text, where it came from, the cases, copies, related reports, and its numbers against the ledger."""
    return {
        "checked": checked(snapshot), "cases": list(snapshot.cases.order_by("no")),
        "copies": list(snapshot.copies.order_by("captured_at")),
        "related": related(snapshot, Snapshot.objects.visible_to(account)),
    }  # fmt: skip


def to_publish(account, days) -> list[Waiting]:
    """Those that a reviewer has not decided about."""
    rows = Snapshot.objects.filter(state=Snapshot.State.CAPTURED, first=None).order_by("captured_at")
    return [
        Waiting(
            "snapshot", "", row.title, str(row.get_state_display()), row.medium, None, "neutral",
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
        Column(_("署名"), lambda s: s.byline, 12, False), Column(_("类别"), lambda s: s.category, 8, False),
        Column(_("发布时间"), lambda s: s.published_at, 18, kind="date"),
        Column(_("收录时间"), lambda s: s.captured_at, 18, kind="date"),
        Column(_("原文地址"), lambda s: s.origin_url, 40, False), Column(_("摘要值"), lambda s: s.digest, 30, False),
        Column(_("状态"), lambda s: str(s.get_state_display()), kind="state"),
    ],
    related=("first", "captured_by"),
    begin=Begin(_("收录一篇报道"), forms.CaptureForm, commands.capture, policies.may_capture),
    main=frozenset({"publish"}), grave=frozenset({"take_down"}), piles=(((Role.REVIEWER,), to_publish),),
    seen_by=policies.READERS,
)  # fmt: skip
