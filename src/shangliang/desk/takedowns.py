"""The desk's list and page of notices that a report should not be shown."""

from django.utils.translation import gettext_lazy as _

from ..cases.masking import mask_name
from ..newsroom import policies
from ..newsroom.models import Takedown
from ..newsroom.queries import notifier
from ..people.roles import Role
from .kind import Kind, Listing, Waiting
from .ledgers import Column

MOST = 60


def page(account, takedown) -> dict:
    """The report, what both sides say, and by whom, masked; contacts are read by a step of their own."""
    return {
        "closed": list(takedown.closed.order_by("pk")), "notifier": mask_name(notifier(takedown)),
        "may_decide": bool(policies.may_heed(account, takedown)),
    }  # fmt: skip


def to_decide(account, days) -> list[Waiting]:
    """Those that wait for a decision; what closed a report by itself is among them, so staff see it at once."""
    rows = Takedown.objects.visible_to(account).open().select_related("snapshot").order_by("received_at", "pk")
    return [
        Waiting(
            "takedown", "", row.snapshot.title, str(row.get_state_display()), str(row.get_ground_display()), None,
            "waiting", f"/desk/takedowns/{row.pk}/",
        )
        for row in rows[:MOST]
    ]  # fmt: skip


KIND = Kind(
    name="takedown", plural="takedowns", icon="warning", template="desk/takedown.html", page=page, group="keeping",
    listing=Listing(
        Takedown, _("下架通知"), "-received_at", "", ("snapshot__title",), ("snapshot",), "received_at", late=False
    ),
    columns=[
        Column(_("报道"), lambda t: t.snapshot.title, 50, kind="link"),
        Column(_("为什么"), lambda t: str(t.get_ground_display()), 20),
        Column(_("收到时间"), lambda t: t.received_at, 18, kind="date"),
        Column(_("收到即下架"), lambda t: str(_("是") if t.at_once else _("否")), 12, False),
        Column(_("决定"), lambda t: t.decision, 40, False),
        Column(_("决定日期"), lambda t: t.decided_on, 14, False, "date"),
        Column(_("状态"), lambda t: str(t.get_state_display()), kind="state"),
    ],
    related=("snapshot",), main=frozenset({"heed", "uphold"}), grave=frozenset({"erase_contact"}),
    offered={"reveal_contact": lambda takedown: takedown.has_contact},
    piles=((policies.DECIDERS, to_decide),), seen_by=(*policies.DECIDERS, Role.AUDITOR),
)  # fmt: skip
