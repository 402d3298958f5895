"""Reading reports: the text they begin from, what stands in one, and how its numbers stand now."""

from dataclasses import dataclass

from django.conf import settings

from ..consultations.models import Consultation
from ..journal.models import Head
from ..regions.models import Region
from ..shared import clock
from .filling import Number, fill, now, number
from .models import Wording
from .wording import DEFAULT


def wording_of(committee) -> str:
    """The committee's own text, or the customary one."""
    latest = Wording.objects.filter(committee=committee).order_by("-pk").first()
    return latest.text if latest else DEFAULT


def content_of(workreport) -> dict:
    """What was settled, or what the draft would be at this moment."""
    return workreport.content or preview(workreport.draft, workreport.committee, workreport.period)


def preview(text, committee, period) -> dict:
    """A text filled at this moment; its numbers still move."""
    head = Head.objects.first() or Head()
    return fill(text, committee, period) | {
        "at": clock.now().isoformat(timespec="seconds"), "entries": head.count, "journal": head.digest,
        "site": settings.PUBLIC_ADDRESS,
    }  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A number of a report as it was settled, and as it is counted now."""

    number: Number
    shown: str
    now: int | None
    #: The town and the carrier that it is of, in words.
    where: str = ""

    @property
    def differs(self) -> bool:
        """Whether another number is counted by now."""
        return self.now != self.number.value


def standings(content) -> list[Standing]:
    """Every number of the report beside what is counted now, in the order of the text."""
    rows = content["numbers"]
    codes = {row["town"] for row in rows if row["town"]}
    regions = {region.code: region for region in Region.objects.filter(code__in=codes)} if codes else {}
    carriers = dict(Consultation.Carrier.choices)
    found = []
    for row, value in zip(rows, now(rows, regions), strict=True):
        town = regions[row["town"]].name if row["town"] in regions else row["town"]
        where = " ".join(filter(None, [town, str(carriers.get(row["carrier"], row["carrier"]))]))
        found.append(Standing(number(row), row["shown"], value, where))
    return found
