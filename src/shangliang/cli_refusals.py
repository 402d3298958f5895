"""What every command of the command line does first, and how it refuses."""

import click


class NoInstallation(click.ClickException):
    """There is no installation here; another exit status than that of a broken journal."""

    exit_code = 3

    def __init__(self):
        from django.conf import settings

        super().__init__(
            f"在 {settings.HOME} 还没有建好平台：请先运行 shangliang init（或 demo），或检查 SHANGLIANG_HOME。"
        )


def start_django() -> None:
    """Load settings and apps; called by every command that needs the database."""
    import django

    django.setup()


def refuse_plainly(function):
    """Show a refusal as a sentence and leave with status 1, instead of a traceback."""
    from functools import wraps

    @wraps(function)
    def run(*args, **kwargs):
        start_django()
        from django.db.utils import OperationalError, ProgrammingError

        from .shared.refusals import Refused

        try:
            return function(*args, **kwargs)
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error) or "does not exist" in str(error):
                raise NoInstallation() from error
            raise

    return run
