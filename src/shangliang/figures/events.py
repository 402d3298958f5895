"""What can happen to a figure."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("figures.corrected", says=_("更正“%(figure_words)s”（第 %(version)s 版定义），%(finder_words)s发现"))
class FigureCorrected:
    """A published number turned out wrong, or a definition changed; the log of corrections tells how."""

    figure_words: str
    version: int
    finder_words: str


@event("figures.census_entered", says=_("登记%(place)s常住人口 %(residents)s 人（%(year)s 年，%(source)s）"))
class CensusEntered:
    """How many people a census found in a division, by which numbers for each ten thousand are counted."""

    place: str
    year: int
    residents: int
    source: str


@event("figures.boundary_drawn", says=_("上传界线，%(divisions)s 个区划，审图号 %(approval)s"))
class BoundaryDrawn:
    """The lines of the county and its towns were supplied, with the approval number of their map."""

    approval: str
    divisions: int
    file_digest: str
