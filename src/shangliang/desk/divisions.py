"""Entering what the figures need to know of the divisions: residents of a census, and the lines of an approved map."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ..figures import boundary, commands
from ..people.doors import for_roles
from ..people.forms import put_refusal
from ..people.roles import Role
from ..regions.census import MOST, residents
from ..regions.models import Region
from ..shared.refusals import Refused

MEGABYTES = boundary.MOST_BYTES // (1024 * 1024)


class CensusForm(forms.Form):
    """The residents of one division."""

    region = forms.ModelChoiceField(label=_("哪里"), queryset=Region.objects.none(), to_field_name="code")
    residents = forms.IntegerField(label=_("常住人口"), min_value=1, max_value=MOST - 1)
    year = forms.IntegerField(label=_("普查年份"), min_value=1949, max_value=9999)
    source = forms.CharField(
        label=_("哪里公布的"), max_length=120,
        help_text=_("会和数字一起公开，如：第七次全国人口普查公报。")
    )

    def __init__(self, *args, county, **kwargs):
        super().__init__(*args, **kwargs)
        places = Region.objects.within(county.code).filter(level__in=["county", "town"])
        self.fields["region"].queryset = places.order_by("code")


class BoundaryForm(forms.Form):
    """The lines of the county and its towns."""

    file = forms.FileField(
        label=_("界线文件"), max_length=200,
        help_text=_("GeoJSON，WGS-84 或 2000 国家大地坐标系，最大 5 MB；每个图形要有 code（区划代码）。"),
        widget=forms.FileInput(
            attrs={"accept": ".geojson,.json", "data-max-files": "1", "data-max-mb": str(MEGABYTES)}
        ),
    )  # fmt: skip
    approval = forms.CharField(
        label=_("审图号"), max_length=40, help_text=_("如：渝S（2023）045号。没有审图号的图不能公开。")
    )

    def clean_file(self):
        """A file that is too large is not even read."""
        file = self.cleaned_data["file"]
        if file.size > boundary.MOST_BYTES:
            raise forms.ValidationError(_now("文件太大，请压缩到 5 MB 以内。"))
        return file


@for_roles(Role.COMMITTEE_OFFICE)
@require_http_methods(["GET", "POST"])
def divisions(request):
    """Both forms, what is known of residents, and the approval number of the lines that are drawn."""
    county, step = request.committee.region, request.POST.get("step", "")
    census = CensusForm(request.POST if step == "census" else None, county=county)
    sent = (request.POST, request.FILES) if step == "boundary" else (None, None)
    lines = BoundaryForm(*sent)
    if request.method == "POST" and _done(request, census, lines):
        return redirect("desk:divisions")
    found = residents()
    known = [(place, found[place.code]) for place in census.fields["region"].queryset if place.code in found]
    drawn = boundary.current(county)
    context = {"census": census, "lines": lines, "known": known, "drawn": drawn}
    return render(request, "desk/divisions.html", context, status=422 if request.method == "POST" else 200)


def _done(request, census, lines) -> bool:
    """Carry out what was sent; a refusal stands beside its field."""
    form = census if census.is_bound else lines
    if not form.is_bound or not form.is_valid():
        return False
    told, who = dict(form.cleaned_data), {"by": request.user, "committee": request.committee}
    try:
        if form is census:
            commands.enter_census(**who, **told)
            messages.success(request, _now("人口已登记，“谁来商量”马上按它算。"))
        else:
            drawn = commands.draw_boundary(**who, content=told["file"].read(), approval=told["approval"])
            messages.success(request, _now("已画上 %(n)s 个区划，图上写着审图号。") % {"n": drawn})
    except Refused as refusal:
        put_refusal(form, refusal)
        return False
    return True
