"""Forms of the desk for consultations."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import Account, Member, Unit
from ..people.roles import HANDLERS, Role
from ..shared.forms import VerbForm, WhyForm, moment, words
from ..venues.models import Venue
from .agenda import offered
from .models import Attendance, Confirmation, Consultation
from .queries import attendee_name, current_minutes


class PlanForm(VerbForm):
    """Where, when and who leads. ``record`` is the topic."""

    venue = forms.ModelChoiceField(label=_("地点"), queryset=None)
    starts_at = moment(_("时间"))
    carrier = forms.ChoiceField(label=_("平台"), choices=Consultation.Carrier.choices)
    host = forms.ModelChoiceField(label=_("主持人"), queryset=None)
    agenda = words(
        _("议程"), required=False, rows=4, hint=_("一行一项；行末可写分钟数，例如：情况通报 10")
    )

    def prepare(self):
        venues = Venue.objects.filter(closed_on=None)
        town = self.record.region.parent_id
        venues = venues.filter(region__parent=town) | venues.filter(region=town)
        self.fields["venue"].queryset = venues.select_related("region").order_by("region__code")
        self.fields["venue"].label_from_instance = lambda venue: venue.full_name
        self.fields["venue"].initial = self.record.venue_id
        self.fields["host"].queryset = _hosts(self.record)
        self.fields["host"].initial = self.by.pk

    def clean_agenda(self):
        items = []
        for line in self.cleaned_data["agenda"].splitlines():
            title, _space, tail = line.strip().rpartition(" ")
            if tail.isdecimal() and title:
                items.append((title[:80], min(int(tail), 600)))
            elif line.strip():
                items.append((line.strip()[:80], 10))
        return items


def _hosts(topic):
    """Who may lead: the liaisons of the place, the committee's office and its members."""
    inside = Q(grants__region=None) | Q(grants__region__in=[topic.region_id, topic.region.parent_id])
    roles = [*HANDLERS, Role.LEADER, Role.MEMBER, Role.STUDIO_LEAD]
    accounts = Account.objects.filter(committee=topic.committee_id, is_active=True)
    return accounts.filter(inside, grants__role__in=roles).distinct().order_by("pk")


class RegisterForm(VerbForm):
    """One expected person."""

    role = forms.ChoiceField(label=_("身份"), choices=Attendance.Role.choices)
    member = forms.ModelChoiceField(label=_("委员"), queryset=None, required=False)
    unit = forms.ModelChoiceField(label=_("单位"), queryset=None, required=False)
    name = forms.CharField(label=_("姓名（委员不用填）"), max_length=40, required=False)

    def prepare(self):
        self.fields["member"].queryset = Member.objects.filter(term_to=None).order_by("pk")
        self.fields["unit"].queryset = Unit.objects.order_by("kind", "pk")


class CheckInForm(VerbForm):
    """Who came and who asked to be excused."""

    present = forms.ModelMultipleChoiceField(
        label=_("到会"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    excused = forms.ModelMultipleChoiceField(
        label=_("请假"), queryset=None, widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self):
        people = self.record.attendances.select_related("member", "unit").order_by("role", "pk")
        for name in ("present", "excused"):
            self.fields[name].queryset = people
            self.fields[name].label_from_instance = _words_of
        self.fields["present"].initial = [a.pk for a in people if a.status == "present"]


def _words_of(attendance) -> str:
    unit = attendance.unit.name if attendance.unit else ""
    return f"{attendance.get_role_display()} {unit}{attendee_name(attendance)}"


class ConveneForm(VerbForm):
    """Why it must be held although something falls short; empty when nothing does."""

    override = words(_("未达要求仍要召开的理由（没有可不填）"), limit=200, required=False)


class WhenForm(WhyForm):
    """A new time with its reason."""

    starts_at = moment(_("新的时间"))
    field_order = ["starts_at", "why"]


class MinutesForm(VerbForm):
    """The next version of the minutes."""

    situation = words(_("情况通报"), limit=4000, rows=6)
    positions = words(
        _("各方意见"), limit=4000, rows=6, required=False, hint=_("一行一条，按身份写，不写群众姓名。")
    )

    cited = forms.ModelMultipleChoiceField(
        label=_("引用会前征询的观点"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("连同当时的结果一起写进纪要。"),
    )  # fmt: skip

    def prepare(self):
        points = self.record.agenda.exclude(statement=None)
        self.fields["cited"].queryset = points
        self.fields["cited"].label_from_instance = lambda point: f"{point.title}（{point.said}）"
        latest = current_minutes(self.record)
        self.fields["cited"].initial = latest.cited.all() if latest else points
        if not points:
            del self.fields["cited"]
        if latest:
            self.fields["situation"].initial = latest.situation
            self.fields["positions"].initial = latest.positions


class StatementsForm(VerbForm):
    """Which statements of the rounds on this topic the sitting takes up."""

    statements = forms.MultipleChoiceField(
        label=_("观点"), widget=forms.CheckboxSelectMultiple,
        help_text=_("各组都认的可以直接写成共识，还没说到一起的拿到会上谈。"),
    )  # fmt: skip

    def prepare(self):
        self.rows = {str(pk): (statement, said) for pk, (statement, said) in offered(self.record).items()}
        self.fields["statements"].choices = [
            (pk, f"{statement.text}（{said}）") for pk, (statement, said) in self.rows.items()
        ]

    def clean_statements(self) -> list:
        """The statements chosen."""
        return [self.rows[pk][0] for pk in self.cleaned_data["statements"]]


class ConfirmForm(VerbForm):
    """One side's confirmation."""

    side = forms.ChoiceField(label=_("哪一方"), choices=Confirmation.Side.choices)
    name = forms.CharField(label=_("确认人"), max_length=40)
    method = forms.ChoiceField(label=_("方式"), choices=Confirmation.Method.choices)
    dissent = words(_("保留意见"), required=False, hint=_("有不同意见的照原话写，会附在纪要后。"))


class ReportForm(VerbForm):
    """To whom the minutes go."""

    to = forms.CharField(label=_("报送给"), max_length=120)


class GuestsForm(VerbForm):
    """How many came from the other side, each of them in the other side's register."""

    present = forms.IntegerField(label=_("对方到会人次"), min_value=0, max_value=9999)
    concerned = forms.IntegerField(label=_("其中利益相关方"), min_value=0, max_value=9999)

    def prepare(self):
        self.fields["present"].initial = self.record.guests_present
        self.fields["concerned"].initial = self.record.guests_concerned


FORMS = {
    "take_statements": StatementsForm, "convene": ConveneForm, "register": RegisterForm, "check_in": CheckInForm,
    "count_guests": GuestsForm,
    "adjourn": WhenForm,
    "postpone": WhenForm, "cancel": WhyForm, "draft_minutes": MinutesForm, "confirm": ConfirmForm,
    "report": ReportForm,
}
