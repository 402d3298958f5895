"""The product with a bug put in, to see the benchmark find it: every row of a list asks the database once more."""

from shangliang.wsgi import application

__all__ = ["application", "plant"]


def plant() -> None:
    """Let each case look up its voices whenever its address is asked for: one query more for every row."""
    from shangliang.cases.models import Case
    from shangliang.voices.models import Voice

    address = Case.get_absolute_url

    def slow(case):
        Voice.everywhere.filter(case=case).count()
        return address(case)

    Case.get_absolute_url = slow


plant()
