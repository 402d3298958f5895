"""What agreed items do when their consultation moves on."""

from ..people.actors import CLOCK
from . import commands
from .models import Agreement


def confirm_items(*, event, entry, about):
    """The issued minutes make every drafted item stand."""
    for agreement in Agreement.objects.filter(consultation=about, state=Agreement.State.DRAFT):
        commands.confirm(by=CLOCK, agreement=agreement)


def submit_items(*, event, entry, about):
    """The minutes that go to the Party committee and government carry their items with them."""
    ready = [Agreement.State.CONFIRMED, Agreement.State.DECIDED]
    for agreement in Agreement.objects.filter(consultation=about, state__in=ready):
        commands.submit(by=CLOCK, agreement=agreement)
