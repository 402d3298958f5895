"""How fast and how well saved pages are read, beside trafilatura alone on the same pages.

    python bench/newsroom.py                    a hundred made-up pages; one JSON line each
    python bench/newsroom.py --pages FOLDER     a folder of real pages with silver_expected.json, as the tests know it
    python bench/newsroom.py --plant            the limit ten times as high: it must turn red

``value`` is articles a second of CPU time on one core; ``peer`` what trafilatura alone does with its own search for
title, date and names; ``ratio`` is value / peer. With a folder the hits of both are counted.
"""

import sys

sys.path.pop(0)
sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/src")

import argparse
import json
import random
import re
import time
from pathlib import Path

import trafilatura

from shangliang.newsroom import extract

LIMIT = 20
WORDS = "院坝里坐下来商量路灯装在哪里电费谁出大家的事大家说写明白谁来办哪天办好到日子回来看一看"


def made_up(number: int) -> bytes:
    """A page as county media have it: some 30 KB, a menu, fifteen paragraphs, a list of other articles."""
    chance = random.Random(number)
    paragraph = lambda: "".join(chance.choices(WORDS, k=120)) + "。"  # noqa: E731
    menu = "".join(f"<li><a href='/c/{n}'>栏目{n}</a></li>" for n in range(60))
    rows = (f"<a href='/a/{n}.html'>{paragraph()[:24]}</a><span>2024-01-{n % 28 + 1:02d}</span>" for n in range(80))
    side = "".join(f"<li>{row}</li>" for row in rows)
    body = "".join(f"<p>{paragraph()}</p>" for _turn in range(15))
    title = f"第{number}篇说的是院坝里的事"
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{title}_某某网</title>
<script>{"var a = 1;" * 400}</script></head><body><div class="nav"><ul>{menu}</ul></div><div class="main">
<h1>{title}</h1><p class="info">2024-01-20 06:40 来源：某某日报 作者：李小明</p>
<div class="content">{body}</div></div><div class="side"><ul>{side}</ul></div></body></html>""".encode()


def alone(raw):
    """trafilatura with its own title, date and names."""
    return trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)


def per_second(read, pages) -> float:
    """Pages a second of CPU time, the first three not counted."""
    for raw in pages[:3]:
        read(raw)
    start = time.process_time()
    for raw in pages:
        read(raw)
    return len(pages) / (time.process_time() - start)


def hits(rows, folder) -> dict:
    """Titles, days and whole bodies that ours and trafilatura alone get right, of those that are known."""
    found = {"titles": [0, 0], "days": [0, 0], "bodies": [0, 0]}
    for row in rows:
        raw = (folder / row["file"]).read_bytes()
        ours, theirs = extract.article(raw), alone(raw)
        told = [int(each) for each in re.findall(r"\d+", row["publish_time"])[:3]]
        least = 0.95 * min(row["len_trafilatura"], row["len_gne"] or row["len_trafilatura"])
        for at, (title, day, body) in enumerate(
            ((ours.title, ours.published_at, ours.body), (theirs.title, theirs.date or "", theirs.text or ""))
        ):
            found["titles"][at] += title == row["title"]
            found["days"][at] += [int(each) for each in re.findall(r"\d+", day)[:3]] == told
            found["bodies"][at] += len(re.sub(r"\s+", "", body)) >= least
    return {name: {"ours": ours, "trafilatura": theirs, "of": len(rows)} for name, (ours, theirs) in found.items()}


def main() -> int:
    """Print one line; 1 where the limit is not held."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=Path)
    asked.add_argument("--plant", action="store_true")
    wish = asked.parse_args()
    limit, more = LIMIT * (10 if wish.plant else 1), {}
    if wish.pages:
        rows = json.loads((wish.pages / "silver_expected.json").read_text())
        pages, more = [(wish.pages / row["file"]).read_bytes() for row in rows], hits(rows, wish.pages)
    else:
        pages = [made_up(number) for number in range(100)]
    value, peer = per_second(extract.article, pages), per_second(alone, pages)
    told = {
        "bench": "newsroom", "measure": "articles a second", "pages": len(pages),
        "kilobytes": round(sum(map(len, pages)) / len(pages) / 1000), "value": round(value, 1), "unit": "1/s",
        "limit": limit, "peer": round(peer, 1), "ratio": round(value / peer, 2), "holds": value >= limit, **more,
    }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return int(value < limit)


if __name__ == "__main__":
    sys.exit(main())
