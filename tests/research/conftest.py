"""A report on glasses, written in spring 2023."""

import datetime as dt

import pytest

from shangliang.research import commands as research
from shangliang.shared import clock
from tests import factories

SPRING = dt.date(2023, 4, 3)
TEXT = """本报告讲眼镜产业。
一、难处
小厂拿不出抵押物。“订单来了，缺钱买料。”大家都这么说。
（一）融资
建议设立产业融资担保；建议建共享检测车间。
二、建议
建议成立眼镜产业协会。"""


@pytest.fixture
def author(committee):
    """The member who writes."""
    return factories.member(committee, name="执笔委员")


@pytest.fixture
def report(committee, office_staff, author):
    """A report just begun."""
    with clock.at(SPRING):
        return research.begin(
            by=office_staff, committee=committee, title="推动眼镜产业高质量发展的调研报告", lead=author,
            outsiders=[("李教授", "某大学")],
        )  # fmt: skip


@pytest.fixture
def written(report, office_staff):
    """With its first version."""
    with clock.at(SPRING):
        research.save_version(by=office_staff, report=report, text=TEXT)
    return report


@pytest.fixture
def final(written, office_staff):
    """Reviewed and final."""
    with clock.at(SPRING):
        research.submit(by=office_staff, report=written)
        research.review(by=office_staff, report=written, verdict="pass", words="同意。")
        research.finalise(by=office_staff, report=written)
    return written


@pytest.fixture
def delivered(final, office_staff):
    """Sent to the Party committee and government."""
    with clock.at(SPRING):
        research.deliver(by=office_staff, report=final, to="区委、区政府", on=SPRING)
    return final
