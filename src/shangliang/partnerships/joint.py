"""What all joint records have in common: one identity on every side, and the statements of which they consist."""

from django.apps import apps
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel, tenant_manager


class JointQuerySet(models.QuerySet):
    """Questions about joint records."""

    def visible_to(self, account):
        """The joint records an account may read."""
        from . import policies

        return policies.readable(self, account)


class JointModel(TenantModel):
    """A record that several committees keep, each its own copy, under one identity (``joint``, 32 hex digits).

    ``lead`` is the code of the side that proposed, hosts or leads it. Its state is what the sides have said
    (:mod:`agreeing`); a model names no target in its ``MOVES``.
    """

    #: States follow from the statements of the sides, by the rule of this name in agreeing.RULES.
    STATED = True

    joint = models.CharField(max_length=32)
    lead = models.CharField(max_length=12)

    objects = tenant_manager(JointQuerySet)

    class Meta:
        abstract = True

    @property
    def ours(self) -> str:
        """The code of our own side."""
        return self.committee.region.code

    @property
    def we_lead(self) -> bool:
        """Whether our side leads or hosts it."""
        return self.lead == self.ours

    @cached_property
    def side_names(self) -> dict[str, str]:
        """Short names of the sides by code, in the order of taking turns; they never change, so they are read once."""
        if "partnership" in self._state.fields_cache or not hasattr(self, "partnership_id"):
            return {side.code: side.short_name for side in self.partnership.sides.all()}
        # Kept with the committee as well, which the many messages of one parcel share.
        known = self.committee.__dict__.setdefault("_sides", {})
        if self.partnership_id not in known:
            sides = apps.get_model("partnerships.Side").objects.filter(partnership=self.partnership_id)
            known[self.partnership_id] = dict(sides.order_by("order").values_list("code", "short_name"))
        return known[self.partnership_id]

    @property
    def lead_name(self) -> str:
        """The short name of the side that leads or hosts it."""
        return self.side_names.get(self.lead, self.lead)

    @property
    def crossing_to(self) -> list[str]:
        """The sides that are told of what happens to it: all but ourselves."""
        return [code for code in self.side_names if code != self.ours]

    @property
    def crossing_key(self) -> str:
        """What keeps the messages about it in their order."""
        return self.joint

    def crossing_consents(self) -> frozenset[str]:
        """Personal fields that may cross because the person consented: none, unless a record says otherwise."""
        return frozenset()


class Statement(TenantModel):
    """What one side said about a joint record: never changed, and the n-th of that side is entered once."""

    joint = models.CharField(max_length=32)
    side = models.CharField(max_length=12)
    nth = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    about = models.CharField(max_length=80, default="", blank=True)
    said_at = models.DateTimeField()
    data = models.TextField()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "joint", "side", "nth"], name="statement_once"),
        ]

    def __str__(self):
        return f"{self.side} {self.step}"

    @property
    def words(self) -> str:
        """The step in words, for the table of what each side has said."""
        return str(STEP_WORDS.get(self.step, self.step))


#: What a side did, as the table of the sides shows it.
STEP_WORDS = {
    "propose": _("提出"), "accept": _("签署"), "decline": _("不签署"), "end": _("结束"), "plan": _("安排"),
    "attend": _("确认参加"), "hold": _("登记已召开"), "minute": _("写纪要"), "confirm": _("确认纪要"),
    "cancel": _("取消"), "put_forward": _("提出"), "agree": _("同意"), "refuse": _("不同意"), "progress": _("进展"),
    "complete": _("完成"), "drop": _("取消"), "carry_out": _("已举办"), "call_off": _("取消"), "set_up": _("提出共建"),
    "join": _("加入共建"), "close": _("结束共建"), "tell_seat": _("告知入驻委员"), "take_back_seat": _("收回信息"),
    "raise": _("提出"), "take_up": _("开始研究"), "approve": _("本方党委审定"), "turn_down": _("不同意"),
    "withdraw": _("撤回"), "defer": _("缓议"), "resume": _("恢复研究"), "schedule": _("列入计划"),
    "study": _("联合调研"), "convene": _("通知开会"), "meet": _("登记已协商"), "opine": _("起草联合意见"),
    "endorse": _("同意联合意见"), "object": _("对意见稿提出不同意见"), "report": _("报送本方党委政府"),
    "advance": _("办理进展"), "track": _("跟踪"), "review": _("联席会议通报"), "finish": _("本方办完"),
    "split": _("转为分别办理"), "unknown": _("（本版本不认识的一步）"),
}  # fmt: skip
