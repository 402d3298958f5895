"""The kinds of records that have a page of their own at the desk; those of a thread stand in its case file."""

from . import (
    briefs,
    claims,
    conversions,
    duties,
    matters,
    newsroom,
    partnerships,
    places,
    proposals,
    reports,
    research,
    rounds,
    salons,
    studios,
    takedowns,
    visits,
)
from .kind import Kind

KINDS: list[Kind] = [
    rounds.KIND, visits.KIND, places.KIND, studios.KIND, salons.KIND, partnerships.PARTNERSHIPS, matters.MATTERS,
    partnerships.CONFERENCES, partnerships.PLAN, partnerships.ACTIVITIES, partnerships.STUDIOS, research.KIND,
    conversions.KIND, briefs.KIND, proposals.KIND, duties.APPEALS, duties.SCHEMES, newsroom.KIND, takedowns.KIND,
    reports.KIND, claims.KIND,
]  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
BY_PLURAL = {kind.plural: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}


def desk_path(record) -> str:
    """The page of the desk on which a record and its buttons stand."""
    kind = BY_MODEL.get(type(record))
    if kind:
        return f"/desk/{kind.plural}/{record.pk}/"
    name = record._meta.model_name
    return f"/desk/cases/{record.no}/" if name == "case" else f"/desk/cases/{record.case.no}/#{name}-{record.pk}"
