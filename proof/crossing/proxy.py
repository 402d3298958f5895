"""A bad line: it drops, delays, doubles, reorders, cuts and spoils what passes; at times nothing passes at all."""

import contextlib
import http.client
import random
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: What may befall a request, with its weight; the rest passes as it came.
FAULTS = {
    "request dropped": 14, "answer dropped": 14, "delayed": 10, "doubled": 12, "sent again later": 8, "body cut": 10,
    "byte changed": 10, "answer cut": 8,
}  # fmt: skip
PASSES = 30


class Line:
    """One direction: listens on a port of the loopback and forwards to another."""

    def __init__(self, to: int, seed: int):
        self.to, self.chance, self.count = to, random.Random(seed), Counter()
        self.late: list = []
        self.cut_until, self.lock = 0.0, threading.Lock()
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                line.pass_on(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def pass_on(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        request = (handler.path, body, dict(handler.headers))
        with self.lock:
            fault = self.chance.choices([*FAULTS, ""], [*FAULTS.values(), PASSES])[0]
            late = []
            if self.late and self.chance.random() < 0.5:
                late.append(self.late.pop(self.chance.randrange(len(self.late))))
            if self.chance.random() < 0.01:
                self.cut_until = time.monotonic() + 0.3
            cut = time.monotonic() < self.cut_until
            self.count["line down" if cut else fault] += bool(cut or fault)
        for old in late:
            self.forward(*old)
        if cut or fault == "request dropped":
            return
        if fault == "delayed":
            time.sleep(self.chance.uniform(0.01, 0.1))
        if fault == "doubled":
            self.forward(*request)
        if fault == "sent again later":
            self.late.append(request)
        if fault == "body cut":
            request = (request[0], body[: len(body) // 2], request[2])
        if fault == "byte changed":
            at = self.chance.randrange(len(body))
            request = (request[0], body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :], request[2])
        answer = self.forward(*request)
        if answer is None or fault == "answer dropped":
            return
        status, words = answer
        with contextlib.suppress(OSError):  # who asked may have been killed meanwhile
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(words)))
            handler.end_headers()
            handler.wfile.write(words[: len(words) // 2] if fault == "answer cut" else words)

    def forward(self, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.to, timeout=15)
        try:
            headers = {name: value for name, value in headers.items() if name.lower() != "content-length"}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    @property
    def faults(self) -> int:
        """How often something was done to what passed."""
        return sum(self.count.values())

    def close(self):
        """Stop listening."""
        self.server.shutdown()
