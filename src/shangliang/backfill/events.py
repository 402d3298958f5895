"""What can happen to a batch of past records."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("backfill.read", says=_("读入一份要补录的材料：%(kind_words)s，%(rows)s 行"))
class BatchRead:
    """A file of past records was read; nothing of it counts yet."""

    kind_words: str
    rows: int
    file_digest: str


@event("backfill.mapped", says=_("补录：对好了栏目（%(columns)s 栏）"))
class BatchMapped:
    """It was said which column holds what."""

    columns: int


@event("backfill.matched", says=_("补录：认定了地点、委员和疑问 %(answers)s 处"))
class BatchMatched:
    """A person decided what a place, a member or a doubtful row is."""

    answers: int


@event("backfill.taken_in", says=_("补录 %(rows)s 条：%(kind_words)s，凭据%(grade_words)s"), tone="done")
class BatchTakenIn:
    """The good rows of a file count from now on; ``numbers`` holds by figure how much they add."""

    rows: int
    left_out: int
    kind_words: str
    grade_words: str
    numbers: dict


@event("backfill.proved", says=_("补录的 %(rows)s 条补上凭据：%(grade_words)s"), tone="info")
class RecordsProved:
    """A stronger proof was attached to past records."""

    rows: int
    grade_words: str


@event("backfill.undone", says=_("撤回整批补录（%(rows)s 条）"), tone="stopped")
class BatchUndone:
    """All of a batch's records count no longer; they stay as history."""

    rows: int


@event("backfill.dropped", says=_("不补录这份材料"), tone="stopped")
class BatchDropped:
    """A file was given up before anything of it counted; its rows were erased."""


@event("backfill.forgotten", says=_("删除补录材料里的文字，只留数字"))
class BatchForgotten:
    """The words of a batch were erased; days, places and numbers stay."""
