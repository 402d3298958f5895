"""The lamps of 毛万二小院, and what a hostile hand would write in their place."""

import datetime as dt
import io

from PIL import Image

from shangliang.papers import AgreedItem, Milestone, ReceiptSlip, ResultCard, WallPoster

ADDRESS = "https://shangliang.example.cn/q/yfa-UEjP0GbYl5ml7w1eQw.ABCDEFGHIJKLMNOP"
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "$ x^2 $ \\ `raw` *b* _i_ <label> @ref // /* */ #{panic()}",
    '"]; #panic("out") [',
    "\\u{41} \\",
    "😀👨‍👩‍👧 灯\u202e反向\u200b\x00\x1b[31m",
    "𠮷龘㙍 \U0002ebe0",
    "禾苗村公路只有三米五宽。" * 170,
    "x" * 2000,
    "\n\n= 标题\n- 列表\n",
    "",
]


def photo(colour=(200, 120, 40)) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return out.getvalue()


def card(**changes) -> ResultCard:
    """The result card of the lamps."""
    days = [("反映", 2023, 5), ("协商", 2023, 6), ("交办", 2023, 6), ("办成", 2023, 8), ("评价", 2024, 1)]
    values = {
        "committee": "政协重庆市荣昌区委员会",
        "case_no": "RC-2023-0001",
        "title": "毛万二家小院装路灯",
        "place": "安富街道普陀村 · 毛万二小院",
        "raised": "院坝到公路一段没有路灯，老人晚上走路看不见，希望在家门口装路灯。",
        "done": "装好太阳能路灯 12 盏，普陀村的农家小院都亮堂了起来。",
        "address": "https://shangliang.example.cn/cases/RC-2023-0001/",
        "agreed": (
            AgreedItem("安装太阳能路灯 12 盏", "安富街道办事处", dt.date(2023, 8, 31)),
            AgreedItem("村民小组负责日常看护", "普陀村村委会"),
        ),
        "milestones": tuple(Milestone(label, dt.date(y, m, 8)) for label, y, m in days),
        "rating": "满意",
    }
    return ResultCard(**{**values, **changes})


def hostile_card(text: str) -> ResultCard:
    """A card in which every word is the attacker's."""
    return card(
        committee=text,
        case_no=text,
        title=text,
        place=text,
        raised=text,
        done=text,
        rating=text,
        agreed=(AgreedItem(text, text, dt.date(2024, 1, 1)),) * 9,
        milestones=(Milestone(text, dt.date(2024, 1, 1)),) * 9,
        before=photo(),
        after=photo(),
    )


def slip(**changes) -> ReceiptSlip:
    """The slip of the lamps' voice."""
    values = {
        "committee": "政协重庆市荣昌区委员会",
        "groups": ("4821", "0937", "5512", "8804", "1396", "7725", "08"),
        "place": "安富街道普陀村 · 毛万二小院",
        "received_on": dt.date(2023, 5, 12),
        "ask_at": "shangliang.example.cn/receipt",
        "address": "https://shangliang.example.cn/receipt/",
        "phone": "023-4673 1234",
    }
    return ReceiptSlip(**{**values, **changes})


def poster(**changes) -> WallPoster:
    """The poster of 毛万二小院."""
    values = {
        "committee": "政协重庆市荣昌区委员会",
        "place": "安富街道普陀村毛万二小院",
        "address": ADDRESS,
        "short_address": "shangliang.example.cn/report",
        "phone": "023-4673 1234",
    }
    return WallPoster(**{**values, **changes})
