"""SQLite for one office: durable settings that are read back, and writers that queue in order.

SQLite's own busy handler sleeps and retries, which is unfair: with eight writers the slowest of a hundred waits
almost a second. ``flock`` around each write transaction lets the kernel queue them.
"""

import fcntl
import os

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

SYNCHRONOUS_FULL = 2


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds the writer lock from BEGIN IMMEDIATE to COMMIT or ROLLBACK."""

    _lock_file = None

    def init_connection_state(self):
        super().init_connection_state()
        if self.is_in_memory_db():
            return
        self._require_durable()

    def _require_durable(self):
        """Refuse to work when a power cut could lose what was acknowledged: SQLite's WAL with FULL, or nothing."""
        with self.cursor() as cursor:
            found = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        if found["journal_mode"] != "wal" or found["synchronous"] < SYNCHRONOUS_FULL:
            raise ImproperlyConfigured(
                f"SQLite must run with journal_mode=WAL and synchronous=FULL, found {found}"
            )
        if not found["foreign_keys"]:
            raise ImproperlyConfigured("SQLite must run with foreign_keys=ON")
        if self.transaction_mode != "IMMEDIATE":
            raise ImproperlyConfigured("SQLite must run with transaction_mode IMMEDIATE")

    def _start_transaction_under_autocommit(self):
        self._take_lock()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_lock()
            raise

    def _commit(self):
        super()._commit()
        self._give_lock()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._give_lock()

    def _close(self):
        try:
            super()._close()
        finally:
            self._give_lock()

    def _take_lock(self):
        name = self.settings_dict["NAME"]
        if self.is_in_memory_db() or self._lock_file is not None:
            return
        # Each transaction opens its own descriptor: flock then also queues the threads of one process.
        self._lock_file = os.open(f"{name}-writer", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock_file, fcntl.LOCK_EX)

    def _give_lock(self):
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None
