"""People at the wall code and one officer at the desk, who press again, as people do, when the page does not come."""

import http.client
import io
import itertools
import random
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

#: Posts on one connection: below what one address may send (portal.limits).
POSTS = 100
#: Of so many voices one brings a picture; of so many posts one repeats an old voice.
PICTURE_EVERY, AGAIN_EVERY = 6, 8
ANSWER = "已请街道修好，谢谢。"


@dataclass(eq=False)
class Matter:
    """One voice as its person knows it; ``code`` once it was shown, ``promised`` once the answer led to the receipt."""

    text: str
    picture: bytes = b""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    code: str = ""
    promised: str = ""
    cut_off: int = 0


class Ledger:
    """What people were shown, in order, and every answer that should not have come; threads share it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.shown: list[Matter] = []
        self.answered: list[Matter] = []
        self.counts = dict.fromkeys(("vanished", "changed", "5xx", "unexpected", "interrupted", "again"), 0)
        self.faults: list[str] = []

    def show(self, matter: Matter, code: str) -> None:
        """The page with the code came; a second time it must be the same code."""
        with self.lock:
            if not matter.code:
                matter.code = code
                self.shown.append(matter)
                return
            self.counts["again"] += 1
            self.counts["changed"] += matter.code != code

    def count(self, what: str, words: str = "") -> None:
        """One more of something; ``words`` say what came instead of what should have."""
        with self.lock:
            self.counts[what] += 1
            if words:
                self.faults.append(words)


class Strange(Exception):
    """An answer that is neither what was expected nor the sign of a dead server."""


class Visitor(threading.Thread):
    """Somebody with a browser: cookies, one connection, and the patience to come back when the server is up again."""

    def __init__(self, number, installation, ledger, seed):
        super().__init__(daemon=True)
        self.number, self.installation, self.ledger = number, installation, ledger
        self.random = random.Random(f"{seed}-{number}")
        self.up, self.leave, self.stop = threading.Event(), threading.Event(), threading.Event()
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.posts = 0
        self.connection: http.client.HTTPConnection | None = None
        self.addresses = itertools.cycle(range(2, 250))

    def run(self):
        """Act until asked to leave; what was begun is brought to its end."""
        try:
            while not self.leave.is_set():
                self.act()
        finally:
            self._hang_up()
            from django.db import connection

            connection.close()

    def patiently(self, work, matter):
        """Do the work again until the server lived long enough to answer it; three strange answers are enough."""
        strange_ones = 0
        while strange_ones < 3 and not self.stop.is_set():
            if not self.up.wait(0.2):
                continue
            try:
                return work(matter)
            except ConnectionRefusedError:
                self._hang_up()
                time.sleep(0.02)
            except (OSError, http.client.HTTPException):
                self._hang_up()
                matter.cut_off += 1
                self.ledger.count("interrupted")
            except Strange as strange:
                self._hang_up()
                strange_ones += 1
                self.ledger.count("5xx" if strange.args[0] >= 500 else "unexpected", str(strange))
                time.sleep(0.2)
        return None

    def ask(self, method, path, form=None, picture=b"", cookies=None):
        """One request; returns (status, headers, body)."""
        if self.connection is None:
            # From another loopback address each time, so that limits per address are not met.
            source = f"127.0.{self.number + 1}.{next(self.addresses)}"
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.installation.port, timeout=30, source_address=(source, 0)
            )  # fmt: skip
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in (self.cookies | (cookies or {})).items())}
        body = None
        if form is not None:
            body, headers["Content-Type"] = _encoded({"csrfmiddlewaretoken": self.token, **form}, picture)
            headers["Origin"] = f"http://127.0.0.1:{self.installation.port}"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode(errors="replace")
        for name, value in re.findall(r"(csrf_\d+)=(\w+)", response.headers.get("Set-Cookie", "")):
            self.cookies[name] = value
        return response.status, response.headers, text

    def open_form(self, path):
        """Load a form; its token goes with what is sent."""
        status, _headers, body = self.ask("GET", path)
        found = re.search(r'name="csrfmiddlewaretoken"[^>]*value="([^"]+)"', body)
        if status != 200 or not found:
            raise Strange(status, f"GET {path}", body[:300])
        self.token = found[1]

    def _hang_up(self):
        if self.connection is not None:
            self.connection.close()
        self.connection, self.token, self.posts = None, "", 0


class Person(Visitor):
    """Reports one thing after another at the wall code, and now and then sends an old form once more."""

    def act(self):
        """One voice, new or old, until its receipt is shown."""
        if self.ledger.shown and self.random.randrange(AGAIN_EVERY) == 0:
            return self.patiently(self.tell, self.random.choice(self.ledger.shown))
        number = secrets.token_hex(8)
        bytes_ = a_picture(self.random) if self.random.randrange(PICTURE_EVERY) == 0 else b""
        return self.patiently(self.tell, Matter(f"小院外第{number}盏路灯坏了，盼着修好。", bytes_))

    def tell(self, matter):
        """Send the form and look at the receipt; a promised receipt is asked for again without sending again."""
        own = not matter.code
        cookie = (own and matter.promised) or self._send(matter)
        if own:
            matter.promised = cookie
        status, _headers, body = self.ask("GET", "/report/done/", cookies={"reported": cookie})
        code = "".join(re.findall(r">(\d+)<", "".join(re.findall(r'class="receipt-code".*?</p>', body, re.DOTALL))))
        if status == 302:
            matter.promised = ""
            self.ledger.count("vanished", f"the receipt of {matter.key} was promised and is not there")
        elif status != 200 or len(code) != 26:
            raise Strange(status, "GET /report/done/", body[:300])
        else:
            self.ledger.show(matter, code)

    def _send(self, matter):
        if self.posts >= POSTS:
            self._hang_up()
        if not self.token:
            self.open_form(self.installation.wall)
        self.posts += 1
        form = {"text": matter.text, "place_note": "五社", "name": "", "phone": "", "key": matter.key}
        status, headers, body = self.ask("POST", self.installation.wall, form, matter.picture)
        kept = re.search(r"\breported=([^;]+)", headers.get("Set-Cookie", ""))
        if status != 302 or not kept:
            raise Strange(status, "POST of a voice", body[:300])
        return kept[1]


class Officer(Visitor):
    """Answers voices at the desk, so that the outbox has something due."""

    def __init__(self, *args):
        super().__init__(*args)
        self.cookies |= self.installation.officer
        self.taken = 0

    def act(self):
        """Every third voice that was shown is answered."""
        time.sleep(0.05)
        if len(self.ledger.shown) > self.taken:
            matter = self.ledger.shown[self.taken]
            self.taken += 3
            before = matter.cut_off
            self.patiently(lambda _matter: self.answer(matter, matter.cut_off > before), matter)

    def answer(self, matter, again):
        """One answer; that it was given already is right only where the page did not come before."""
        pk = number_of(matter.code)
        if pk is None:
            return  # the check will tell that it is lost
        path = f"/desk/do/voice/{pk}/answer/"
        self.open_form(path)
        status, _headers, body = self.ask("POST", path, {"words": ANSWER})
        if status == 302 or (status == 409 and again):
            with self.ledger.lock:
                self.ledger.answered.append(matter)
        else:
            raise Strange(status, f"POST {path}", body[:300])


def number_of(code: str) -> int | None:
    """The number of the voice that this code opens."""
    from django.conf import settings

    from shangliang.shared import receipts
    from shangliang.voices.models import Voice

    found = Voice.everywhere.filter(receipt=receipts.fingerprint(settings.RECEIPT_KEY, code))
    return found.values_list("pk", flat=True).first()


def a_picture(chance: random.Random) -> bytes:
    """A small photograph that no other is like."""
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (8, 8), chance.randbytes(192)).resize((160, 120)).save(out, "JPEG")
    return out.getvalue()


def _encoded(form, picture):
    if not picture:
        return urlencode(form), "application/x-www-form-urlencoded"
    edge = secrets.token_hex(16)
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in form.items()]
    about = 'form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg'
    parts.append(f"--{edge}\r\nContent-Disposition: {about}\r\n\r\n")
    body = "".join(parts).encode() + picture + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"
