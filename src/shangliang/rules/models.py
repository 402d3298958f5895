"""Calendar days, rules and deadlines, all editable data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel


class CalendarYear(models.Model):
    """A year whose working days are known, and where that is known from; a year without a row is provisional."""

    class Basis(models.TextChoices):
        SEED = "seed", _("随程序附带（chinesecalendar）")
        NOTICE = "notice", _("已录入国务院办公厅通知")

    year = models.PositiveSmallIntegerField(primary_key=True)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    source = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["year"]

    def __str__(self):
        return str(self.year)

    @property
    def committee_id(self):
        """The calendar is the country's: no committee."""
        return None


class CalendarDay(models.Model):
    """A day that a year's notice names: a holiday, or a 调休 working day at the weekend.

    A notice may name days of the December before its year (2018-12-31 was a holiday by the notice for 2019).
    """

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    is_working = models.BooleanField()
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.name}"


class Rule(TenantModel):
    """One number of the rule set 示例规则 with its unit and its basis; a committee edits its own copy."""

    class Counted(models.TextChoices):
        WORKING_DAYS = "working_days", _("个工作日")
        DAYS = "days", _("天")
        MONTHS = "months", _("个月")
        COUNT = "count", _("次")
        RATIO = "ratio", _("比例")
        CHARS = "chars", _("字")
        FLAG = "flag", _("是否")

    key = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=8, decimal_places=3)
    counted = models.CharField(max_length=12, choices=Counted.choices)
    title = models.CharField(max_length=80)
    basis = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["committee", "key"], name="rule_once")]

    def __str__(self):
        return self.key

    @property
    def number(self):
        """The value as it is meant: a Decimal for a ratio, else an int."""
        return self.value if self.counted == self.Counted.RATIO else int(self.value)


class Deadline(TenantModel):
    """A running clock: what is due on which day, counted how, and whether the calendar behind it is provisional."""

    class Counted(models.TextChoices):
        WORKING_DAYS = "working_days", _("个工作日")
        DAYS = "days", _("天")
        MONTHS = "months", _("个月")
        #: A day that people agreed on: ``length`` calendar days away, never moved by the calendar.
        AGREED = "agreed", _("约定日期")

    case_no = models.CharField(max_length=30, db_index=True)
    key = models.CharField(max_length=40)
    started_on = models.DateField()
    length = models.PositiveSmallIntegerField()
    counted = models.CharField(max_length=12, choices=Counted.choices)
    extended_by = models.PositiveSmallIntegerField(default=0)
    paused_on = models.DateField(null=True)
    due_on = models.DateField(db_index=True)
    provisional = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deadline_due_after_start", condition=models.Q(due_on__gte=models.F("started_on"))
            )
        ]

    def __str__(self):
        return f"{self.key} {self.due_on}"

    def is_overdue(self, today) -> bool:
        """Late: not ended, not paused, and the day is past. A state never says this; it is derived."""
        return self.ended_on is None and self.paused_on is None and self.due_on < today


class Pause(TenantModel):
    """A stretch in which a deadline stood still: the days after ``since`` up to and including ``until``."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="pauses")
    since = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(name="pause_ends_after_start", condition=models.Q(until__gte=models.F("since")))
        ]

    def __str__(self):
        return f"{self.since}–{self.until}"
