"""The glasses on their way from the report to the policy, in 2023."""

import datetime as dt
from types import SimpleNamespace

import pytest

from shangliang.conversions import commands as conversions
from shangliang.conversions.models import Conversion
from tests.research.conftest import author, delivered, final, report, written
from tests.salons.conftest import announced, guests, held, office, plan, salon, summarised

__all__ = [
    "announced", "author", "delivered", "final", "guests", "held", "office", "plan", "report", "salon", "summarised",
    "written",
]  # fmt: skip

DAY = SimpleNamespace(
    submitted=dt.date(2023, 4, 10), considered=dt.date(2023, 5, 10), adopted=dt.date(2023, 5, 24),
    in_force=dt.date(2023, 8, 7), effect=dt.date(2024, 1, 22),
)  # fmt: skip
STEPS = {
    "submit": {"channel": "report", "to": "区委、区政府", "on": DAY.submitted},
    "consider": {"meeting": "眼镜产业园发展专题会", "on": DAY.considered, "minutes_no": "演示〔2023〕3号"},
    "adopt": {"body": "区委、区政府", "on": DAY.adopted, "paper_no": "演示〔2023〕1号"},
    "put_in_force": {"body": "区政府办公室", "on": DAY.in_force, "paper_no": "演示〔2023〕9号"},
    "record_effect": {"body": "区政协经济委员会", "on": DAY.effect, "words": "企业融资有了门路。"},
}
FIGURE = {
    "kind": "firms", "amount": 25, "source": "重庆日报 2024-01-20", "period_from": dt.date(2022, 1, 1),
    "period_to": dt.date(2023, 12, 31),
}  # fmt: skip


@pytest.fixture
def conversion(committee, office_staff, delivered):
    """Chosen from the report, nothing more."""
    return conversions.identify(by=office_staff, committee=committee, title="眼镜产业惠企政策", report=delivered)


@pytest.fixture
def climb(conversion, office_staff):
    """``climb("adopt")`` takes the steps up to this one and gives the conversion."""

    def up(last):
        for verb, fields in STEPS.items():
            getattr(conversions, verb)(by=office_staff, conversion=conversion, **fields)
            if verb == last:
                break
        return conversion

    return up


@pytest.fixture
def adopted(climb):
    """Adopted by a paper."""
    return climb("adopt")


@pytest.fixture
def published(climb, reviewer, office_staff):
    """The whole way with a figure, and public."""
    done = climb("record_effect")
    conversions.add_benefit(by=office_staff, conversion=done, **FIGURE)
    conversions.add_measure(
        by=office_staff, conversion=done, kind="leading_group", title="产业园领导小组", on=DAY.adopted, head="区委书记任组长"
    )
    conversions.map_clause(
        by=office_staff, conversion=done, sentence=5, policy="惠企政策", clause_no="第五条", clause_text="给予担保。",
        effect="小厂能贷款。",
    )  # fmt: skip
    conversions.publish(by=reviewer, conversion=done, title=done.title, summary="建议变成了政策。")
    return Conversion.objects.get(pk=done.pk)
