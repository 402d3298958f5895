"""Two installations side by side: built once by living the story through both, then served on two ports."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
from django.utils import timezone
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ...shared import clock, receipts
from ...shared.refusals import require
from .script import ordered
from .sides import NEIJIANG, RONGCHANG

ORDER = (RONGCHANG, NEIJIANG)


class Installation:
    """One side: its home folder, its port, and the process that is it at the moment."""

    def __init__(self, side, home: Path, port: int):
        self.side, self.home, self.port = side, home / "neighbours" / side.key, port
        self.address, self.process = f"http://127.0.0.1:{port}", None

    @property
    def environment(self) -> dict:
        """What makes a process belong to this installation."""
        return {
            **os.environ, "SHANGLIANG_HOME": str(self.home), "PORT": str(self.port), "SHANGLIANG_DATABASE": "",
            "SHANGLIANG_ADDRESS": self.address, "SHANGLIANG_PEERS": "127.0.0.0/8",
        }  # fmt: skip

    def begin(self) -> None:
        """Start the process that lives the story."""
        command = [sys.executable, "-m", f"{__package__}.worker", self.side.key, str(self.port)]
        self.home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def answer(self):
        """What the process says next. Raises Refused when it has ended."""
        line = self.process.stdout.readline()
        require(line, f"演示（{self.side.short}）中断了，请看上面的出错信息。")
        return json.loads(line)

    def ask(self, **told):
        """One step; gives what came of it."""
        self.process.stdin.write(json.dumps(told, default=str) + "\n")
        self.process.stdin.flush()
        return self.answer()["done"]

    def end(self) -> None:
        """Let the process end."""
        if self.process:
            self.process.stdin.close()
            self.process.wait(30)
            self.process.stdout.close()

    def ways_in(self) -> dict:
        """Its address and home, its accounts with fresh links, receipts and codes to try."""
        command = [sys.executable, "-m", f"{__package__}.accounts"]
        told = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return {"side": self.side.short, "address": self.address, "home": str(self.home), **json.loads(told.stdout)}

    def serve(self) -> subprocess.Popen:
        """The installation as it is really served."""
        return subprocess.Popen([sys.executable, "-m", "shangliang", "serve"], env=self.environment)


def ensure(home: Path, port: int, *, quiet=False) -> list[dict]:
    """Build both once; gives what there is to see: address and accounts of each side, with links that work once."""
    pair = [Installation(side, home, port + n) for n, side in enumerate(ORDER)]
    built_on = home / "neighbours" / "port"
    if built_on.exists():
        known = int(built_on.read_text(encoding="utf-8"))
        require(
            port == known,
            f"这套演示建在端口 {known} 和 {known + 1} 上，两边按这个地址互认：请用 PORT={known}。"
        )
        return [one.ways_in() for one in pair]
    leftovers = [one.home for one in pair if (one.home / "shangliang.sqlite3").exists()]
    require(not leftovers, f"{home / 'neighbours'} 里有没建完的演示，请先删掉这个文件夹。")
    try:
        for one in pair:
            one.begin()
        for one in pair:
            one.answer()
        _live(pair, quiet)
    finally:
        for one in pair:
            one.end()
    built_on.write_text(str(port), encoding="utf-8")
    return [one.ways_in() for one in pair]


def _live(pair, quiet):
    by_key = {one.side.key: one for one in pair}
    cards = [one.ask(do="card") for one in pair]
    for one, card in zip(pair, reversed(cards), strict=True):
        one.ask(do="meet", card=card)
    steps = ordered()
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, disable=quiet) as bar:
        task = bar.add_task("荣昌、内江一步一步走过来", total=len(steps))
        for number, (moment, side, *_rest) in enumerate(steps):
            at = moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time(9, 30))
            at = at.replace(tzinfo=None)
            for one in pair:
                one.ask(do="clock", at=at)
            by_key[side].ask(do="scene", number=number)
            bar.update(task, completed=number + 1)
    for _twice in range(2):  # what one evening tells the other side is witnessed on the next
        for one in pair:
            one.ask(do="evening", at=_now())


def _now():
    return timezone.localtime(clock.now()).replace(tzinfo=None, microsecond=0)


def show(found, as_json=False) -> None:
    """Print both sides with their accounts."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for side in found:
        click.echo(f"\n{side['side']}  {side['address']}/  公开账本 {side['address']}/log/")
        click.echo(f"  数据在 {side['home']}（核对记录：SHANGLIANG_HOME={side['home']} shangliang verify）")
        for no, code in side["receipts"]:
            click.echo(f"  查询码 {' '.join(receipts.groups(code))}  {no}  {side['address']}/receipt/")
        for place, address in side["wall_codes"]:
            click.echo(f"  墙上的码 {place}  {address}")
        for role, name, link in side["roles"]:
            click.echo(f"  {role or name}\n    {link}")


def serve(home: Path, port: int) -> None:
    """Serve both until stopped."""
    pair = [Installation(side, home, port + n) for n, side in enumerate(ORDER)]
    running = [one.serve() for one in pair]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for process in running:
            process.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
