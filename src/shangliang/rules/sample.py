"""The shipped rule set 示例规则: numbers merged from sibling rules, each with its basis and the bounds law gives it.

The numbers stand in sample.json so that they can be read and compared without reading code.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One number of 示例规则; a committee may change it between ``least`` and ``most``."""

    key: str
    value: Decimal
    counted: str
    title: str
    basis: str
    least: Decimal
    most: Decimal
    #: Whether the product itself keeps this rule today; otherwise people do, and the pages say so.
    kept: bool = True

    @property
    def number(self):
        """The value as it is meant: a Decimal for a ratio, else an int."""
        return self.value if self.counted == "ratio" else int(self.value)


def _read() -> dict[str, Sample]:
    text = Path(__file__).with_name("sample.json").read_text(encoding="utf-8")
    rows = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return {row["key"]: Sample(**row) for row in rows}


SAMPLES = _read()
