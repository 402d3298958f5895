"""A member leaves: the page that asks, for every link that would end, who takes it over or that nobody does."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_http_methods

from ..shared import clock
from ..shared.forms import day, words
from ..shared.refusals import Refused
from . import commands
from .doors import for_roles
from .forms import put_refusal
from .models import Account, ContactLink, Leader, Member
from .policies import PEOPLE_KEEPERS
from .queries import open_links_of, open_on, open_posts_of
from .register_forms import choices_of, told_apart

NOBODY = "nobody"
#: So many are suggested for a courtyard; everybody else stands below them.
SUGGESTED = 8


class LeaveForm(forms.Form):
    """The last day, and one decision for each link that would end with it."""

    use_required_attribute = True

    on = day(_l("最后一天"))
    why = words(_l("原因"), rows=2, limit=200, required=False, hint=_l("会进入记录，请不要写姓名、电话。"))

    def __init__(self, *args, links, takers, **kwargs):
        super().__init__(*args, **kwargs)
        self.takers = takers
        self.fields["on"].initial = clock.today()
        for link in links:
            self.fields[f"link_{link.pk}"] = forms.ChoiceField(
                label=_("%(place)s交给谁") % {"place": told_apart(link.ends[1])}, choices=takers.choices(link),
                error_messages={"required": _("请选一位接手的人，或选“没有人接”。")},
            )  # fmt: skip
        self.order_fields(["on", *(f"link_{link.pk}" for link in links), "why"])

    def successors(self) -> dict:
        """What was decided, by the key of each link."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name.startswith("link_")}
        return {int(name[5:]): self.takers.found(value) for name, value in chosen.items()}


class Takers:
    """Who could take over, read once for all links of the one who leaves: four queries."""

    def __init__(self, leaving: Member, today):
        self.members = {m.pk: m for m in choices_of(Member).exclude(pk=leaving.pk)}
        self.leaders = {one.pk: one for one in choices_of(Leader).exclude(member=leaving)}
        links = open_on(ContactLink.objects.filter(kind=ContactLink.Kind.MEMBER_COURTYARD), today)
        rows = list(links.values_list("member_id", "venue_id", "venue__region__code"))
        self.load = Counter(member for member, _venue, _code in rows)
        self.here: dict[int, set] = {}
        self.towns: dict[str, set] = {}
        for member, venue, code in rows:
            self.here.setdefault(venue, set()).add(member)
            self.towns.setdefault(code[:9], set()).add(member)

    def choices(self, link) -> list:
        """Nothing chosen, nobody, those who serve in the same town with the fewest courtyards, then everybody."""
        first = [("", _("请选择")), (NOBODY, _("没有人接，到此为止"))]
        if link.kind == ContactLink.Kind.LEADER_OFFICE:
            return first + [(f"leader-{one.pk}", str(one)) for one in self.leaders.values()]
        serving = self.here.get(link.venue_id, set())
        others = [one for one in self.members.values() if one.pk not in serving]
        near = self.towns.get(link.venue.region.code[:9], set())
        beside = sorted((one for one in others if one.pk in near), key=lambda one: (self.load[one.pk], one.name))
        beside = beside[:SUGGESTED]
        known = {one.pk for one in beside}
        rest = [one for one in others if one.pk not in known]
        groups = [(_("同镇街、联系较少的"), beside), (_("其他委员"), rest)]
        return first + [(title, [self._choice(one) for one in group]) for title, group in groups if group]

    def _choice(self, member) -> tuple:
        load = _("现联系 %(n)s 个小院") % {"n": self.load[member.pk]}
        return f"member-{member.pk}", f"{told_apart(member)} · {load}"

    def found(self, value):
        """The member or leader behind a choice, or None for nobody."""
        sort, _dash, pk = value.partition("-")
        return {"member": self.members, "leader": self.leaders}[sort][int(pk)] if pk else None


@for_roles(*PEOPLE_KEEPERS)
@require_http_methods(["GET", "POST"])
def leave(request, pk):
    """End a member's term; what was chosen stays on the page when something is refused."""
    member = get_object_or_404(Member.objects.select_related("committee"), pk=pk)
    today = clock.today()
    links = open_links_of(member, today)
    form = LeaveForm(request.POST or None, links=links, takers=Takers(member, today))
    if request.method == "POST" and form.is_valid():
        try:
            commands.leave(
                by=request.user, committee=request.committee, member=member, successors=form.successors(),
                on=form.cleaned_data["on"], why=form.cleaned_data["why"],
            )  # fmt: skip
        except Refused as refused:
            put_refusal(form, refused)
        else:
            messages.success(request, _("已登记离任，联系都有了着落。"))
            return redirect("people:members")
    account = Account.objects.filter(member=member, is_active=True).first()
    context = {
        "member": member, "links": links, "posts": open_posts_of(member, today), "account": account, "form": form,
        "gone": member.term_to is not None and member.term_to <= today,
    }  # fmt: skip
    return render(request, "people/leave.html", context, status=422 if form.errors else 200)
