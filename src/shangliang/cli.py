"""The one command people type: ``shangliang``. Words it does not know are handed to Django."""

import os
import sys

import click

from . import cli_exchange, cli_figures, cli_opinions
from .cli_refusals import refuse_plainly


class DjangoFallback(click.Group):
    """A group that passes unknown commands (migrate, shell, collectstatic …) on to Django."""

    def main(self, args=None, **extra):
        args = sys.argv[1:] if args is None else list(args)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            from django.core.management import execute_from_command_line

            return execute_from_command_line(["shangliang", *args])
        return super().main(args=args, **extra)


@click.group(cls=DjangoFallback)
@click.version_option(package_name="shangliang")
def main():
    """好商量: consult together, from a voice in a courtyard to a lit lamp."""


@main.group()
def regions():
    """Administrative divisions."""


@regions.command("load")
@click.argument("codes", nargs=-1, required=True)
@refuse_plainly
def regions_load(codes):
    """Load counties by their six-digit codes, with every town and village below (500153 511083 …)."""
    from django.core.management import call_command
    from rich.progress import Progress

    from .people.actors import CLOCK
    from .regions.commands import load

    call_command("migrate", interactive=False, verbosity=0)
    with Progress() as bar:
        task = bar.add_task("行政区划", total=None)
        places = load(
            by=CLOCK, codes=codes,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    click.echo(f"{places} places")


@main.command()
@click.option("--code", required=True, help="Short letters before case numbers, for instance RC.")
@click.option("--name", required=True, help="Full name of the committee.")
@click.option("--short-name", required=True, help="Short name for the page header.")
@click.option("--region", required=True, help="Six-digit code of its county; it is loaded if missing.")
@click.option("--phone", default="", help="Telephone shown to people.")
@click.option("--security-admin", required=True, help="Log-in name of the first security administrator.")
@refuse_plainly
def init(code, name, short_name, region, phone, security_admin):
    """Establish a committee with its rules and calendar, and invite its first security administrator."""
    from .setup import establish

    link = establish(code, name, short_name, region, phone, security_admin)
    click.echo(f"安全管理员首次登录链接（一次有效）：{link}")


@main.command()
@click.option("--serve/--no-serve", default=None, help="Serve the demo when it is built; two of them always are.")
@click.option("--neighbours", is_flag=True, help="Two installations, 荣昌 and 内江, on $PORT and the next port.")
@click.option("--json", "as_json", is_flag=True, help="Print roles and links as JSON.")
@refuse_plainly
def demo(serve, neighbours, as_json):
    """Build the demo (once) and print its roles with one-time sign-in links; with fresh links each time.

    It is 荣昌区, or with --neighbours 荣昌 and 内江 as two installations under $SHANGLIANG_HOME/neighbours.
    """
    if neighbours:
        return demo_of_neighbours(as_json, serve is not False)
    from .demo.build import ensure
    from .demo.roles import print_roles

    ensure(quiet=as_json)
    print_roles(as_json=as_json)
    if serve:
        run_server()


def demo_of_neighbours(as_json, serve) -> None:
    """Build both sides once, print their accounts, and serve both unless only these are wanted."""
    from django.conf import settings

    from .demo.neighbours import pair

    port = int(os.environ.get("PORT") or 8000)
    pair.show(pair.ensure(settings.HOME, port, quiet=as_json), as_json)
    if serve and not as_json:
        pair.serve(settings.HOME, port)


@main.command()
@refuse_plainly
def serve():
    """Serve this installation on 127.0.0.1:$PORT (default 8000) and run its clock."""
    run_server()


def run_server() -> None:
    """The web server with the clock beside it, until it is stopped."""
    from .serving import run

    run(port=int(os.environ.get("PORT") or 8000))


@main.command()
@refuse_plainly
def tick():
    """Do what is due now: deliver notices, remind, close what nobody rated. Run it each minute."""
    from .tick import tick as run

    for name, count in run().items():
        click.echo(f"{name}: {count}")


@main.command()
@refuse_plainly
def verify():
    """Recompute the journal's chain and the public log, and name what is broken, if anything (exit status 1)."""
    from rich.progress import Progress

    from .journal.verify import verify as check

    with Progress(transient=True) as bar:
        task = bar.add_task("journal", total=None)
        finding = check(lambda done: bar.update(task, completed=done))
    if not finding.whole:
        raise click.ClickException(
            f"journal broken at entry {finding.broken_seq}: {finding.reason}"
        )
    click.echo(f"journal whole: {finding.entries} entries")
    from .witness.verify import faults, summary

    if found := faults():
        raise click.ClickException("\n".join(["public log broken:", *found]))
    click.echo(summary())


@main.group("import")
def import_():
    """Bring in records that exist elsewhere."""


@import_.command("voices")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--committee", "code", default=None, help="Letters of the committee, if there are several.")
@click.option("--region", default=None, help="Code of the place for rows that name none.")
@click.option("--limit", type=int, default=None, help="Take at most so many rows.")
@refuse_plainly
def import_voices(file, code, region, limit):
    """Take voices from a .jsonl, .csv or .xlsx file and report rows taken, skipped and why.

    Columns in any order: 内容 (text) or 标题 (title) is needed; 编号 (id), 时间 (time), 地点 (place, by name),
    姓名 (name), 电话 (phone) and 来源 (channel) are taken where they stand.
    """
    from .voices.importing import run

    report = run(file, committee_code=code, region_code=region, limit=limit)
    click.echo(report)


@import_.command("proposals")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--committee", "code", default=None, help="Letters of the committee, if there are several.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and keep nothing.")
@refuse_plainly
def import_proposals(file, code, dry_run):
    """Take lists of proposals from a .jsonl, .csv or .xlsx file; refused rows are written to FILE.refused.csv.

    Columns in any order: 案由 (title), 编号 (number) and 第一提案人 (by name) are needed; 年度, 联名人, 类型, 类别,
    主办单位, 协办单位, 办理结果 (A/B/C/D), 评价, 提出日期 and 答复日期 are taken where they stand.
    """
    from .outcomes.importing import run

    click.echo(run(file, committee_code=code, dry_run=dry_run))


cli_exchange.register(main)
cli_figures.register(main)
cli_opinions.register(main)
