"""What every form has in common that begins something within a partnership."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..shared.forms import VerbForm
from .models import Partnership


class Within(VerbForm):
    """A form that begins something within one of the partnerships in force. ``record`` is the committee."""

    partnership = forms.ModelChoiceField(label=_("毗邻合作"), queryset=None)

    def prepare(self):
        running = Partnership.objects.filter(state=Partnership.State.ACTIVE).order_by("-since", "-pk")
        field = self.fields["partnership"]
        field.queryset = running
        if field.initial is None and running.count() == 1:
            field.initial = running.first().pk
