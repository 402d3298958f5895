"""What can happen to a studio and to the lists it is measured by."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("studios.established", says=_("登记委员工作室：%(name)s"))
class StudioEstablished:
    """A studio is registered at a place and being prepared."""

    name: str
    kind: str
    place: str
    #: The number of the place in the journal, which is public from when the studio is opened.
    venue: int = 0


@event("studios.opened", says=_("启用，自%(on)s起"), tone="active")
class StudioOpened:
    """The studio opened its door."""

    on: str


@event("studios.closed", says=_("撤销，%(seats)s名成员同时离任"))
class StudioClosed:
    """The studio is no more; who sat there ended with it."""

    seats: int


@event("studios.reopened", says=_("恢复运行"), tone="active")
class StudioReopened:
    """A closed studio opened its door again."""


@event("studios.revised", says=_("修改登记：%(name)s"))
class StudioRevised:
    """Name, kind, purpose or serving office were corrected."""

    name: str


@event("studios.sign_hung", says=_("上传门牌照片%(photos)s张"))
class SignHung:
    """A picture of the sign at the door was added."""

    photos: int


@event("studios.sign_published", says=_("公开门牌照片%(photos)s张"))
class SignPublished:
    """The reviewer opened the picture of the sign to everybody."""

    photos: int


@event("studios.seated", says=_("%(person)s任%(role)s，自%(since)s起"), personal=("person",))
class Seated:
    """Somebody took a seat in the studio."""

    person: str
    role: str
    since: str


@event("studios.unseated", says=_("%(person)s离任，至%(until)s"), personal=("person",))
class Unseated:
    """Somebody gave up the seat; it stays on record."""

    person: str
    until: str


@event("studios.hours_set", says=_("值守时间：%(hours)s"))
class HoursSet:
    """The hours at which somebody is there were set anew."""

    hours: str


@event("studios.checked", says=_("对照标准检查：%(met)s条具备，%(lacking)s条欠缺"))
class StandardsChecked:
    """Somebody looked whether the studio meets the committee's lists."""

    met: int
    lacking: int


@event("studios.reviewed", says=_("评议：%(level)s"))
class StudioReviewed:
    """The committee gave the studio a level, its own rule having switched this on."""

    level: str


@event("studios.visitor_received", says=_("接待群众%(visitors)s人%(voice)s"))
class VisitorReceived:
    """Somebody came with a matter; what goes on is a voice of its own."""

    on: str
    visitors: int
    answered: bool
    voice: str


@event("studios.activity_added", says=_("%(kind)s：%(title)s"), personal=("title",))
class ActivityAdded:
    """The studio did something."""

    on: str
    kind: str
    title: str


@event("studios.activity_published", says=_("公开活动：%(title)s"))
class ActivityPublished:
    """The reviewer opened an activity to everybody."""

    title: str


@event("studios.activity_withdrawn", says=_("撤回公开的活动：%(title)s"), tone="waiting")
class ActivityWithdrawn:
    """An activity is no longer public, for a reason."""

    title: str


@event("studios.logged", says=_("工作日志：%(text)s"), personal=("text",))
class Logged:
    """A line of the work log."""

    on: str
    text: str


@event("studios.promised", says=_("承诺：%(text)s（%(due)s前）"), personal=("text",))
class Promised:
    """The studio promised something by a day."""

    text: str
    due: str


@event("studios.promise_kept", says=_("承诺已兑现：%(report)s"), tone="done", personal=("report",))
class PromiseKept:
    """The studio says how it kept a promise."""

    report: str
    on: str


@event("studios.promise_published", says=_("公开承诺：%(text)s"))
class PromisePublished:
    """The reviewer opened a promise to everybody."""

    text: str


@event("studios.promise_withdrawn", says=_("撤回公开的承诺：%(text)s"), tone="waiting")
class PromiseWithdrawn:
    """A promise is no longer public, for a reason."""

    text: str


@event("studios.checklists_seeded", says=_("装入工作室示例标准%(lists)s份"))
class ChecklistsSeeded:
    """The committee got its own copy of the shipped lists."""

    lists: int


@event("studios.checklist_added", says=_("新增标准：%(name)s，%(items)s条"))
class ChecklistAdded:
    """The committee's office wrote a list of its own."""

    name: str
    items: int


@event("studios.checklist_revised", says=_("修改标准：%(name)s，新增%(added)s条，停用%(retired)s条"))
class ChecklistRevised:
    """A list was renamed or its lines changed; old checks keep the old words."""

    name: str
    added: int
    retired: int


@event("studios.checklist_retired", says=_("停用标准：%(name)s"))
class ChecklistRetired:
    """A list is no longer asked."""

    name: str
