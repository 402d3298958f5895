"""Studios that several committees run together, and who sits there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.models import Committee
from ..people.tenancy import TenantModel, tenant_manager
from ..studios.models import Studio
from .joint import JointModel, JointQuerySet


class JointStudio(JointModel):
    """A studio run by the committees of several regions together, in which members of three levels sit."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待对方加入")
        OPEN = "open", _("已共建")
        CLOSED = "closed", _("已结束")

    MOVES = {
        "join": ({State.PROPOSED}, None),
        "tell_seat": ({State.PROPOSED, State.OPEN}, None),
        "take_back_seat": ({State.PROPOSED, State.OPEN, State.CLOSED}, None),
        "close": ({State.PROPOSED, State.OPEN}, None),
    }
    VERBS = {
        "join": _("加入共建"), "tell_seat": _("告知我方入驻委员"), "take_back_seat": _("收回一位委员的信息"),
        "close": _("结束共建"),
    }  # fmt: skip

    partnership = models.ForeignKey("partnerships.Partnership", models.PROTECT, related_name="studios")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    title = models.CharField(max_length=60)
    place = models.CharField(max_length=80)
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="joint_studios")

    objects = tenant_manager(JointQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "joint"], name="joint_studio_joint_once")]

    #: Personal fields of the event now being entered to which the member consented; set by the command, never stored.
    consenting = frozenset()

    def __str__(self):
        return self.title

    def crossing_consents(self) -> frozenset[str]:
        """The name of a member crosses when that member agreed to it."""
        return self.consenting


class JointSeat(TenantModel):
    """One member's place in a joint studio; the name crosses the border by that member's own consent alone."""

    joint_studio = models.ForeignKey(JointStudio, models.CASCADE, related_name="seats")
    side = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8)
    sector = models.CharField(max_length=40)
    name = models.CharField(max_length=40, default="", blank=True)
    consented_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["side", "number"]
        constraints = [
            models.UniqueConstraint(fields=["joint_studio", "side", "number"], name="joint_seat_once"),
            models.CheckConstraint(
                name="joint_seat_name_by_consent",
                condition=models.Q(name="") | models.Q(consented_on__isnull=False, withdrawn_on=None),
            ),
        ]

    def __str__(self):
        return self.name or self.sector

    @property
    def level_words(self) -> str:
        """区县级, 市级, 省级 or 全国."""
        return str(dict(Committee.Level.choices).get(self.level, self.level))
