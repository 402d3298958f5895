"""What can happen to a figure."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("figures.corrected", says=_("更正数字“%(figure_words)s”（定义第 %(version)s 版），由%(finder_words)s发现"), tone="info")
class FigureCorrected:
    """A published number turned out wrong, or a definition changed; the log of corrections tells how."""

    figure_words: str
    version: int
    finder_words: str
