"""The product with a bug put in, to see the proof find it: the receipt is shown before the transaction commits.

    python -m proof.killing.planted PORT

Several voices share one COMMIT, which comes when the oldest has waited for a moment: a tempting way to save the disk's
time. Every page works, because the one thread that serves sees on its own connection what is not committed yet.
"""

import sys
import time

from shangliang.shared.sqlite.base import DatabaseWrapper
from shangliang.wsgi import application

__all__ = ["application", "plant"]

#: Seconds that an answer runs ahead of its commit.
AHEAD = 0.5


def plant() -> None:
    """Let a connection keep its transaction open after the commit was asked for."""
    begin, commit = DatabaseWrapper._start_transaction_under_autocommit, DatabaseWrapper._commit
    # Python's own sqlite3 commits when it is told that autocommit is on, which it is already.
    DatabaseWrapper._set_autocommit = lambda self, autocommit: None

    def begin_once(self):
        if not self.connection.in_transaction:
            self.open_since = time.monotonic()
            begin(self)

    def commit_late(self):
        if self.connection.in_transaction and time.monotonic() - self.open_since > AHEAD:
            commit(self)

    DatabaseWrapper._start_transaction_under_autocommit = begin_once
    DatabaseWrapper._commit = commit_late


def serve(port: int) -> None:
    """Serve the planted application as the product is served, but in one thread."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "proof.killing.planted:application", address="127.0.0.1", port=port, interface=Interfaces.WSGI,
        workers=1, blocking_threads=1, log_enabled=False,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    serve(int(sys.argv[1]))
else:
    plant()
