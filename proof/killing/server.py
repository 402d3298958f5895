"""The real server in a process group of its own, so that one signal ends all of it at once."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from .installation import ROOT, SHANGLIANG, Installation

#: Seconds that a start may take before the proof gives up.
PATIENCE = 60


class DidNotStart(Exception):
    """The server did not answer in time; the text is the end of what it said."""


class Server:
    """``shangliang serve``, or the planted one, on one port of the loopback."""

    def __init__(self, installation: Installation, log: Path, planted: bool = False):
        self.installation = installation
        self.log = log
        module = [sys.executable, "-m", "proof.killing.planted", str(installation.port)]
        self.words = module if planted else [SHANGLIANG, "serve"]
        self.process: subprocess.Popen | None = None

    def start(self) -> float:
        """Start it and return the seconds until people could open the form. Raises DidNotStart."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        while not self._answers():
            if time.monotonic() - began > PATIENCE or self.process.poll() is not None:
                self.kill()
                raise DidNotStart(self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.02)
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL to the whole group; returns when none of it runs any more."""
        if self.process is None:
            return
        group = self.process.pid
        os.killpg(group, signal.SIGKILL)
        self.process.wait()
        while _runs(group):
            time.sleep(0.005)
        self.process = None

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=20)
        try:
            connection.request("GET", self.installation.wall)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _runs(group: int) -> bool:
    """Whether a process of the group still runs; what only waits to be buried does not."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = path.read_text().rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state not in "ZX":
            return True
    return False


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
