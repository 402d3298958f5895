"""What can happen to a figure."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("figures.corrected", says=_("更正“%(figure_words)s”（第 %(version)s 版定义），%(finder_words)s发现"))
class FigureCorrected:
    """A published number turned out wrong, or a definition changed; the log of corrections tells how."""

    figure_words: str
    version: int
    finder_words: str
