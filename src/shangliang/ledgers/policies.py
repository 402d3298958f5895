"""Who may take a ledger out of the house, and who fills other offices' forms."""

from django.utils.translation import gettext_lazy as _

from ..people.roles import HANDLERS
from ..shared.refusals import allow


def may_export(by, committee, ledger):
    """Whoever finds the ledger; the rows are those that the person may read."""
    return allow(by.has(*ledger.seen_by, committee_id=committee.pk), _("这本台账不在您的职责范围内。"))


def may_keep(by, committee):
    """Offices and liaisons, who are asked for other offices' forms."""
    return allow(by.has(*HANDLERS, committee_id=committee.pk), _("外单位报表由政协办公室、委室或联络员填报。"))


def may_fill(by, blank):
    """The same, for this form."""
    return may_keep(by, blank.committee)


may_replace = may_retire = may_fill
