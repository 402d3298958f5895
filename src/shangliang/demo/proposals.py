"""Proposals of two years: filed, declined, merged, given out, answered, evaluated, redone, and one being signed."""

import datetime as dt
import json
from pathlib import Path

from ..cases import commands as cases
from ..outcomes import commands as outcomes
from ..people import commands as people
from ..people.roles import Role
from ..proposals import commands as proposals
from ..proposals.models import Proposal
from ..shared import clock
from ..shared.calendar import DAY
from ..tasks import commands as tasks
from ..tasks.models import Task
from .days import OfficeDays
from .pictures import photo
from .register import FOUNDED

#: How many members have an account in the demo besides the one of the cast.
SIGNERS = 4
NOTE = "提案委员会电话回访"


def threads(cast, today: dt.date) -> list:
    """The generators of this module: past ones spread over the first half of their year, the others before today."""
    days = OfficeDays(dt.date(2023, 12, 1), today)
    rows = json.loads(Path(__file__).with_name("proposals.json").read_text(encoding="utf-8"))
    with clock.at(FOUNDED):
        accounts = _accounts(cast)
    return [Course(cast, accounts, days, row, n).live(today) for n, row in enumerate(rows)]


def _accounts(cast) -> list:
    """A few members who sign in themselves."""
    made = []
    for number, member in enumerate(cast.members[100 : 100 + SIGNERS], 1):
        account = people.open_account(
            by=cast.guard, committee=cast.committee, username=f"member{number}", name=member.name, member=member
        )
        people.grant_role(by=cast.guard, account=account, role=Role.MEMBER)
        made.append(account)
    return made


class Course:
    """One proposal on its way, told by one row of proposals.json."""

    def __init__(self, cast, accounts, days, row, number):
        self.cast, self.days, self.row = cast, days, row
        self.office = cast.accounts["office"]
        self.staff = cast.accounts["staff"]
        own = [cast.accounts["member"], *accounts]
        #: Every second one is written by a member who signs in; the others came on paper.
        self.account = own[number // 2 % len(own)] if number % 2 == 0 and "group" not in row else None
        if row.get("until") == "invite":
            self.account = own[1]
        self.own, self.signers = own, own[: 1 + row.get("joint", 0)]
        self.member = cast.members[number * 7 % 250]
        self.others = cast.members[number * 7 % 250 + 1 :][: row.get("joint", 0)]
        self.number = number

    def __getattr__(self, name):
        """The proposal, fresh from the database."""
        if name != "proposal":
            raise AttributeError(name)
        return Proposal.objects.select_related("case").get(pk=self.__dict__["pk"])

    def day(self, begins, days):
        """A working day so long after the first one."""
        return self.days.latest(begins + days * DAY)

    def live(self, today):
        """The generator of this row."""
        row = self.row
        spread = self.number * 5 * DAY
        begins = dt.date(row["year"], 1, 15) + spread if "year" in row else today - row["ago"] * DAY
        until = row.get("until", "")
        yield self.day(begins, 0)
        self.draft()
        if until == "invite":
            return
        yield self.day(begins, 2)
        self.submit()
        if until == "submit":
            return
        yield self.day(begins, 4)
        proposals.take_review(by=self.staff, proposal=self.proposal)
        if until == "review":
            return
        yield self.day(begins, 6)
        if self.decide() or until == "file":
            return
        yield self.day(begins, 9)
        self.assign()
        if until == "assign":
            return
        yield self.day(begins, 12)
        self.work()
        if until == "work":
            return
        yield self.day(begins, 70)
        self.answer(row["result"], row["grade"])
        yield from self.evaluations(begins)

    def draft(self):
        """Written by a member, or typed in by the office from paper."""
        row = self.row
        words = {name: row[name] for name in ("title", "category", "reason", "advice")}
        words |= {"may_be_public": bool(row.get("publish"))}
        if self.account:
            made = proposals.draft(by=self.account, committee=self.cast.committee, **words)
            self.pk = made.pk
            asked = [each for each in self.signers if each != self.account]
            if row.get("until") == "invite":
                asked = self.own[0:4:2]
            members = [each.member for each in asked if each != self.account]
            if members and (row.get("joint") or row.get("until") == "invite"):
                proposals.invite_signers(by=self.account, proposal=made, members=members)
            return
        whose = {"kind": "collective", "group_name": row["group"]} if "group" in row else {"proposer": self.member}
        made = proposals.draft(
            by=self.staff, committee=self.cast.committee, signers=self.others, **whose, **words
        )
        self.pk = made.pk

    def submit(self):
        """Signed by those who were asked, and handed in."""
        for account in self.signers if self.account and self.row.get("joint") else ():
            if account != self.account:
                proposals.sign(by=account, proposal=self.proposal)
        proposals.submit(by=self.account or self.staff, proposal=self.proposal)

    def decide(self) -> bool:
        """Filed, or ended here."""
        row, told = self.row, {"by": self.staff, "proposal": self.proposal}
        if "ground" in row:
            proposals.decline(ground=row["ground"], **told)
        elif "convert" in row:
            proposals.convert(why=row["convert"], **told)
        elif "into" in row:
            into = Proposal.objects.select_related("case").get(title=row["into"])
            proposals.merge(into=into, why="内容相同，一并办理。", **told)
        else:
            proposals.file(**told)
            return False
        return True

    def assign(self):
        """Given to the units."""
        units = [self.cast.units[name] for name in self.row["units"]]
        helpers = [self.cast.units[name] for name in self.row.get("with", ())]
        tasks.assign_proposal(
            by=self.office, proposal=self.proposal, unit=units[0], others=units[1:], co_units=helpers,
            size=self.row.get("size", "proposal"),
        )  # fmt: skip

    def _tasks(self, *states) -> list:
        rows = Task.objects.filter(proposal=self.pk).select_related("case", "proposal", "unit", "deadline")
        return list(rows.filter(state__in=states) if states else rows)

    def work(self):
        """The units have it and have spoken to the proposer."""
        for task in self._tasks():
            clerk = self.cast.clerk(task.unit)
            tasks.acknowledge(by=clerk, task=task)
            tasks.contact_proposer(by=clerk, task=task, on=clock.today(), how="visit", words="已上门听取提案人意见。")

    def answer(self, result, grade):
        """Every unit answers, and the office accepts it."""
        for task in self._tasks(*Task.AT_WORK):
            more = {"B": {"promise": self.row.get("promise", ""), "promise_due": clock.today() + 150 * DAY},
                    "C": {"would_change": self.row.get("would_change", "")},
                    "A": {"photos": [photo("yard", after=True)]}}[grade]  # fmt: skip
            tasks.reply(by=self.cast.clerk(task.unit), task=task, grade=grade, text=result, **more)
            tasks.take_review(by=self.office, task=task)
            tasks.accept(by=self.office, task=task, words=result)

    def evaluations(self, begins):
        """What the proposer says, once or twice, and what follows."""
        row = self.row
        if "value" not in row or row["value"] == "silent":
            return
        yield self.day(begins, 75)
        self.evaluate(row["value"])
        if "redo" in row:
            yield self.day(begins, 110)
            self.answer(row["redo"], "A")
        if "kept" in row:
            yield self.day(begins, 200)
            self.keep()
        if "second" in row:
            yield self.day(begins, 116 if "redo" in row else 206)
            self.evaluate(row["second"])
        if "review" in row:
            yield self.day(begins, 220)
            for task in self._tasks(Task.State.JOINT_REVIEW):
                tasks.settle_joint_review(by=self.office, task=task, result=row["review"])
        if row.get("publish"):
            yield self.day(begins, 230)
            self.publish()

    def evaluate(self, value):
        """By the proposer, or by telephone."""
        outcomes.evaluate_proposal(
            by=self.account or self.staff, proposal=self.proposal, value=value, visited=True, heard_by="visit",
            attitude="not" if value == "not" else "satisfied", leader_replied=value != "not",
            comment=self.row.get("comment", ""), note="" if self.account else NOTE,
        )  # fmt: skip

    def keep(self):
        """The promise of a B answer is kept, and the office has looked."""
        for task in self._tasks(Task.State.TRACKING):
            tasks.keep_promise(by=self.cast.clerk(task.unit), task=task, report=self.row["kept"])
            tasks.check_promise(by=self.office, task=task, words=self.row["kept"])

    def publish(self):
        """The reviewer opens the public page."""
        made = self.proposal
        cases.publish(
            by=self.cast.accounts["reviewer"], case=made.case, title=made.title, summary=f"{made.reason}（演示数据）"
        )
