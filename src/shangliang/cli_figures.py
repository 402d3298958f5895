"""The part of the command line for figures."""

import click

from .cli_refusals import refuse_plainly


def register(main) -> None:
    """Hang the group under ``shangliang``."""
    main.add_command(figures)


@click.group()
def figures():
    """Figures: show them, and count them again from the journal."""


@figures.command("publish")
@refuse_plainly
def figures_publish():
    """Make the open-data bundle of each committee now, instead of tonight, and say where it stands."""
    from .figures.opendata import make
    from .people.models import Committee
    from .people.tenancy import within

    for committee in Committee.objects.order_by("pk"):
        with within(committee):
            click.echo(str(make(committee)))


@figures.command("check")
@refuse_plainly
def figures_check():
    """Count every figure from the records and from the journal; exit status 1 where the two differ."""
    from .figures.recount import Journal, compare
    from .people.models import Committee
    from .people.tenancy import within

    wrong = 0
    for committee in Committee.objects.order_by("pk"):
        with within(committee):
            for row in compare(Journal(committee)):
                told = "—" if row.told is None else row.told
                mark = "" if row.agrees else "  DIFFERS"
                click.echo(f"{committee.code}  {row.key:16}{row.counted:>10}{told:>10}{mark}")
                wrong += not row.agrees
    if wrong:
        raise click.ClickException(f"{wrong} figures differ between the records and the journal")


@figures.command("boundary")
@click.argument("file", type=click.File("rb"))
@click.option("--approval", required=True, help="The map's approval number (审图号).")
@refuse_plainly
def figures_boundary(file, approval):
    """Draw the county and its towns from a GeoJSON file (WGS-84 or CGCS2000), showing its approval number."""
    from .figures.boundary import install

    click.echo(f"{install(file.read(), approval)} divisions")
