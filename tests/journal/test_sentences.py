"""The sentence of an entry: days as people write them, and typed texts as they were typed."""

import pytest

from shangliang.journal.events import EVENTS, sentence


@pytest.mark.parametrize("typed", ["2023-13-45", "0000-00-00", "2023-05-08T10:00", "2023-05-08T99:99:99+08:00"])
def test_a_typed_text_that_looks_like_a_day_does_not_break_a_timeline(typed):
    kind = EVENTS["partnerships.matter_turned_down"]
    assert typed in sentence(kind, {"reason": typed}) or "2023年5月8日" in sentence(kind, {"reason": typed})


def test_days_and_times_stand_as_people_write_them():
    told = {"sitting": "", "starts_at": "2023-05-08T10:00:00+08:00", "place": "协商室"}
    assert sentence(EVENTS["partnerships.matter_convened"], told) == "联合协商：2023年5月8日 10:00，协商室"
