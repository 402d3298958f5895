"""Refusals: whenever the product says no, it says why in a sentence a person can read."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A wish the product cannot grant now.

    ``sentence`` is shown to the person as it is; ``field`` names the form field to stand beside, if any.
    """

    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self):
        return str(self.sentence)


@dataclass(frozen=True)
class Verdict:
    """A policy's answer: true when allowed, otherwise it carries the reason."""

    why: object = ""

    def __bool__(self):
        return not self.why


YES = Verdict()
NOT_YOURS = Verdict(_("这一步不在您的职责范围内。"))


def no(why) -> Verdict:
    """A verdict that refuses with this sentence."""
    return Verdict(why)


def allow(condition, why=NOT_YOURS.why) -> Verdict:
    """YES when the condition holds, else a refusal with ``why``."""
    return YES if condition else Verdict(why)


def require(verdict, why=NOT_YOURS.why, *, field=None) -> None:
    """Raise :class:`Refused` unless the verdict (or plain condition) holds."""
    if not verdict:
        raise Refused(getattr(verdict, "why", "") or why, field=field)
