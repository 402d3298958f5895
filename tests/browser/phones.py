"""Many phones at once: each with its own cookies reads the card, sends what its form holds and follows the redirect."""

import http.client
import json
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

#: How many phones are in the middle of a request at any moment; seconds that one waits for its answer, and all take.
TOGETHER, PATIENCE, LONGEST = 8, 30, 400
CARD = re.compile(r'<form class="opinion-card.*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
TEXT = re.compile(r'id="card">([^<]*)<')


@dataclass
class Phone:
    """One browser without a screen. ``said`` is what the server acknowledged: {statement's key: value}."""

    home: str
    jar: CookieJar = field(default_factory=CookieJar)
    said: dict = field(default_factory=dict)
    requests: int = 0

    def __post_init__(self):
        self.line = http.client.HTTPConnection(urlsplit(self.home).netloc, timeout=PATIENCE)

    def open(self, path: str) -> str:
        """A page, as text."""
        status, _to, page = self._ask("GET", path)
        assert status == 200, (status, path, page[:600])
        return page

    def send(self, path: str, fields: dict) -> str:
        """Send a form and give the page it leads to."""
        status, to, page = self._ask("POST", path, urlencode(fields))
        assert status == 302, (status, path, page[:600])
        return self.open(to)

    def _ask(self, method, path, body=None):
        request = Request(self.home + path)
        self.jar.add_cookie_header(request)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.line.request(method, path, body, {**dict(request.header_items()), **kind})
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.jar.extract_cookies(answer, request)
        self.requests += 1
        return answer.status, answer.headers.get("Location"), page

    def vote(self, at: str, most: int, opinion) -> "Phone":
        """Answer so many cards of the round, each by ``opinion(its words)``."""
        page = self.open(at)
        for _n in range(most):
            card = CARD.search(page)
            if card is None:
                break
            fields = dict(HIDDEN.findall(card[0]))
            value = opinion(TEXT.search(card[0])[1])
            page = self.send(f"{at}vote/", {**fields, "value": str(value)})
            self.said[int(fields["statement"])] = value
        self.line.close()
        return self

    @property
    def participant(self) -> int:
        """Who it is to the round, by the cookie that the round signed."""
        return int(next(cookie.value for cookie in self.jar if cookie.name == "round").split(":")[0])


def crowd(home: str, at: str, camps: list, answers: list[int]) -> list[dict]:
    """A phone for each of ``answers``, which answers so many cards. Number n thinks as camp n thinks, {words: 1 or −1},
    and passes now and then. One that gets anything but the page it expects fails them all.

    Gives each one's participant, what was acknowledged and how many requests it took. They run in a process of their
    own, as phones do: in the server's they would wait for its interpreter, and it for theirs.
    """
    wish = json.dumps([home, at, camps, answers])
    told = subprocess.run([sys.executable, __file__], input=wish, capture_output=True, text=True, timeout=LONGEST)
    assert told.returncode == 0, told.stderr[-3000:]
    return json.loads(told.stdout)


def main(home, at, camps, answers):
    """The process of the phones."""

    def one(n) -> dict:
        chance, camp = random.Random(n), camps[n % len(camps)]
        phone = Phone(home).vote(
            at, answers[n], lambda words: 0 if chance.random() < 0.08 else camp.get(words) or chance.choice([1, -1])
        )
        said = [[statement, value] for statement, value in phone.said.items()]
        return {"participant": phone.participant, "said": said, "requests": phone.requests}

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(len(answers))))


if __name__ == "__main__":
    print(json.dumps(main(*json.load(sys.stdin))))
