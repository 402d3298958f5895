"""The seventeen ledgers as a set, in the order in which offices number them."""

from . import carriers, counsel, thread

LEDGERS = (*thread.LEDGERS, *carriers.LEDGERS, *counsel.LEDGERS)
BY_NUMBER = {ledger.number: ledger for ledger in LEDGERS}


def seen_by(account) -> list:
    """The ledgers that an account finds; which rows it reads is each app's own policy."""
    return [ledger for ledger in LEDGERS if account.has(*ledger.seen_by, committee_id=account.committee_id)]
