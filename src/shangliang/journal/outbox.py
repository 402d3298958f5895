"""The relay of the outbox: tells each waiting listener once more until it succeeds; listeners are idempotent."""

import datetime as dt
import logging
from importlib import import_module

from django.db import connection, transaction
from django.utils import timezone

from .models import Delivery

log = logging.getLogger(__name__)


def relay(limit: int = 500, now=None) -> tuple[int, int]:
    """Deliver what is due, each in a transaction of its own; returns (delivered, failed).

    A failed delivery waits 2ⁿ minutes (at most a day) and is tried again without end.
    """
    moment = now or timezone.now()
    waiting = Delivery.objects.filter(done_at=None, due_at__lte=moment).order_by("pk")[:limit]
    results = [_deliver(pk, moment) for pk in list(waiting.values_list("pk", flat=True))]
    return results.count(True), results.count(False)


def _deliver(pk: int, moment) -> bool | None:
    try:
        with transaction.atomic():
            rows = Delivery.objects.select_related("entry").filter(pk=pk, done_at=None)
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            delivery = rows.first()
            if delivery is None:
                return None
            module, name = delivery.listener.rsplit(".", 1)
            getattr(import_module(module), name)(entry=delivery.entry)
            Delivery.objects.filter(pk=pk).update(done_at=moment, last_error="")
        return True
    except Exception as error:  # any listener may fail in any way; the row remembers and is tried again
        log.exception("delivery %s failed", pk)
        row = Delivery.objects.get(pk=pk)
        wait = dt.timedelta(minutes=min(2**row.attempts, 1440))
        Delivery.objects.filter(pk=pk).update(
            attempts=row.attempts + 1, due_at=moment + wait, last_error=repr(error)[:2000]
        )
        return False
