"""Serving on one machine: granian in front of the WSGI application, and the clock in a thread beside it."""

import logging
import os
import threading
import time

import click

from .shared.refusals import Refused

log = logging.getLogger(__name__)


def run(port: int) -> None:
    """Serve on 127.0.0.1 until stopped; says so in one line. Raises Refused when the port is taken."""
    # Imported here, not in the thread: the server forks, and a fork during an import never gets its lock back.
    from .tick import tick

    _require_free(port)
    os.environ["PORT"] = str(port)
    threading.Thread(target=_clock, args=(tick,), daemon=True).start()
    click.echo(f"好商量 http://127.0.0.1:{port}/  (Ctrl-C 停止)")
    server(port).serve()


def server(port: int, application="shangliang.wsgi:application"):
    """The web server, not yet started: one process, four threads."""
    from granian import Granian
    from granian.constants import Interfaces

    return Granian(
        application, address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=4, log_enabled=False, respawn_failed_workers=True,
    )


def _require_free(port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(f"端口 {port} 已被占用，请用 PORT=… 换一个。") from error


def _clock(tick) -> None:
    """Tick until the process ends; one failure is written down and does not stop the clock."""
    while True:
        time.sleep(20)
        try:
            tick()
        except Exception:
            log.exception("the clock will try again")
