"""Words that are to be public are looked at before they are stored, each text by its own field."""

import pytest

from shangliang.cases.masking import refuse_personal
from shangliang.shared.refusals import Refused
from shangliang.topics import commands as topics
from tests.journeys import walk


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"title": "找13812345678", "summary": "好"}, "title"),
        ({"title": "装灯", "summary": "身份证50022620000101123X"}, "summary"),
        ({"title": "装灯", "summary": "车牌渝C12345停在路上"}, "summary"),
    ],
)
def test_the_field_that_holds_it_is_named(texts, field):
    with pytest.raises(Refused) as refused:
        refuse_personal(**texts)
    assert refused.value.field == field


def test_clean_words_pass():
    assert refuse_personal(title="装路灯", summary="院坝到村道六盏，七月底前。") is None


def test_a_topic_is_not_proposed_with_a_telephone_number_in_its_words(committee, courtyard, liaison):
    voice, _code = walk.report(committee, courtyard)
    with pytest.raises(Refused, match="疑似个人信息"):
        topics.propose(by=liaison, title="装灯", summary="电话13800138000", category="service", voices=[voice])
