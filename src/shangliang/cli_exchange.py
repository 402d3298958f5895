"""The part of the command line for the public log and for messages between neighbours."""

import click

from .cli_refusals import refuse_plainly


def register(main) -> None:
    """Hang both groups under ``shangliang``."""
    main.add_command(log)
    main.add_command(neighbours)


@click.group()
def log():
    """The public log: publish it, write it to files, show its key."""


@log.command("publish")
@refuse_plainly
def log_publish():
    """Let all new entries enter the log now, instead of at the next tick."""
    from .people.actors import CLOCK
    from .witness.commands import publish

    total = 0
    while entered := publish(by=CLOCK):
        total += entered
    click.echo(f"{total} entries")


@log.command("export")
@click.argument("folder", type=click.Path(file_okay=False))
@refuse_plainly
def log_export(folder):
    """Write the log as files into FOLDER; verify_log.py, beside them, checks them on any machine."""
    import shutil
    from pathlib import Path

    from .witness.export import export
    from .witness.verify import VERIFIER

    Path(folder).mkdir(parents=True, exist_ok=True)
    try:
        size = export(Path(folder))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    shutil.copy(VERIFIER, folder)
    click.echo(f"{size} entries; check them with: python3 {folder}/verify_log.py {folder}")


@log.command("key")
@refuse_plainly
def log_key():
    """Print the key of our log and the key with which we co-sign those of others."""
    from .witness import queries

    click.echo(f"{queries.log_key()}\n{queries.witness_key()}")


@click.group()
def neighbours():
    """Messages between neighbouring committees: cards, files carried by hand, receipts."""


def _side(code):
    from .people.models import Committee

    rows = Committee.objects.select_related("region")
    found = rows.filter(code=code).first() if code else rows.first()
    if found is None:
        raise click.ClickException("没有这个委员会。" if code else "这里还没有建立委员会。")
    return found


COMMITTEE = click.option("--committee", "code", default=None, help="Letters of the committee, if there are several.")


@neighbours.command("card")
@COMMITTEE
@refuse_plainly
def neighbours_card(code):
    """Print our card: who we are, where our inbox is, our keys. The other side takes it in."""
    from .federation import byhand
    from .people.tenancy import within

    committee = _side(code)
    with within(committee):
        click.echo(byhand.our_card(committee).decode())


@neighbours.command("meet")
@click.argument("file", type=click.File("rb"))
@click.option("--by-hand", is_flag=True, help="The two networks are not joined: messages travel in files.")
@COMMITTEE
@refuse_plainly
def neighbours_meet(file, by_hand, code):
    """Take the card in FILE in; compare the fingerprint it prints with the other side by telephone."""
    from .federation import byhand
    from .people.actors import CLOCK
    from .people.tenancy import within

    committee = _side(code)
    with within(committee):
        peer, fingerprint = byhand.meet(by=CLOCK, committee=committee, document=file.read(), by_hand=by_hand)
    click.echo(f"{peer.name} {peer.side}\n{fingerprint}")


@neighbours.command("export")
@click.argument("side")
@click.argument("file", type=click.File("wb"))
@COMMITTEE
@refuse_plainly
def neighbours_export(side, file, code):
    """Write what waits for the neighbour SIDE (code of its region) into FILE, to be carried by hand."""
    from .federation import byhand
    from .people.tenancy import within

    committee = _side(code)
    with within(committee):
        file.write(byhand.parcel(byhand.peer_of(committee, side)))


@neighbours.command("import")
@click.argument("file", type=click.File("rb"))
@click.argument("receipt", type=click.File("wb"))
@COMMITTEE
@refuse_plainly
def neighbours_import(file, receipt, code):
    """Take the messages in FILE in, and write the RECEIPT to carry back."""
    from .federation import byhand
    from .people.actors import CLOCK
    from .people.tenancy import within

    committee = _side(code)
    with within(committee):
        taken, answer = byhand.take(by=CLOCK, committee=committee, document=file.read())
    receipt.write(answer)
    click.echo(f"{taken.new} new, {taken.taken} in all {taken.stopped}".strip())


@neighbours.command("receipt")
@click.argument("file", type=click.File("rb"))
@COMMITTEE
@refuse_plainly
def neighbours_receipt(file, code):
    """Tick off what the RECEIPT in FILE says the other side has."""
    from .federation import byhand
    from .people.actors import CLOCK
    from .people.tenancy import within

    committee = _side(code)
    with within(committee):
        peer = byhand.take_receipt(by=CLOCK, committee=committee, document=file.read())
        peer.refresh_from_db()
    click.echo(f"{peer.name}: {peer.acked_seq} / {peer.sent_seq}")
