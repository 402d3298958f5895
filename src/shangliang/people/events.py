"""What can happen to people and bodies. Names of persons are personal; names of bodies are not."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("people.committee_established", says=_("设立%(name)s"))
class CommitteeEstablished:
    """A committee starts its work on this installation."""

    name: str
    code: str


@event("people.office_added", says=_("登记委室：%(name)s"))
class OfficeAdded:
    """A special committee or office of the organ is registered."""

    name: str


@event("people.station_added", says=_("登记所站：%(name)s"))
class StationAdded:
    """A grassroots station is registered."""

    name: str


@event("people.unit_added", says=_("登记单位：%(name)s"))
class UnitAdded:
    """A body that can take on tasks is registered."""

    name: str


@event("people.member_added", says=_("登记委员：%(name)s（%(sector)s，第%(term)s届）"), personal=("name",))
class MemberAdded:
    """A member of the committee is registered with sector and term."""

    name: str
    sector: str
    term: int


@event("people.leader_appointed", says=_("登记班子成员：%(name)s任%(post)s"), personal=("name",))
class LeaderAppointed:
    """A member takes a post in the leadership."""

    name: str
    post: str
    since: str


@event("people.linked", says=_("建立联系：%(one)s—%(other)s，自%(since)s起"), personal=("one",))
class Linked:
    """One of the three dated links of the serving chain begins."""

    kind: str
    one: str
    other: str
    since: str


@event("people.link_ended", says=_("联系结束：%(one)s—%(other)s，至%(until)s"), personal=("one",))
class LinkEnded:
    """A link of the serving chain ends, with or without a hand-over."""

    kind: str
    one: str
    other: str
    until: str


@event("people.leader_ended", says=_("%(name)s不再担任%(post)s，至%(until)s"), personal=("name",))
class LeaderEnded:
    """A member gives up a post in the leadership."""

    name: str
    post: str
    until: str


@event("people.member_left", says=_("委员离任：%(name)s，至%(until)s"), personal=("name",))
class MemberLeft:
    """A member leaves the committee; links and posts ended with it, each handed over or not."""

    name: str
    until: str


@event("people.account_opened", says=_("开立账号：%(username)s（%(name)s）"), personal=("username", "name"))
class AccountOpened:
    """A person gets an account; the password is still to be set by that person."""

    username: str
    name: str


@event("people.account_deactivated", says=_("停用账号"), tone="late")
class AccountDeactivated:
    """An account can no longer be used, and its sessions end."""


@event("people.account_reopened", says=_("恢复账号"))
class AccountReopened:
    """A deactivated account may be invited again."""


@event("people.password_changed", says=_("本人设置了密码"))
class PasswordChanged:
    """The person behind an account chose a new password; older sessions end."""


@event("people.authenticator_added", says=_("本人开启了两步验证（%(kind)s）"))
class AuthenticatorAdded:
    """The person set up a second factor."""

    kind: str


@event("people.authenticator_removed", says=_("本人关闭了两步验证（%(kind)s）"), tone="late")
class AuthenticatorRemoved:
    """The person gave up a second factor."""

    kind: str


@event("people.role_granted", says=_("授予角色：%(words)s"))
class RoleGranted:
    """An account may act in a capacity within a scope."""

    role: str
    words: str


@event("people.role_ended", says=_("终止角色：%(words)s"))
class RoleEnded:
    """An account may no longer act in a capacity."""

    role: str
    words: str


@event("people.link_issued", says=_("发出一次性登录链接（%(purpose)s）"))
class SignInLinkIssued:
    """A one-time link was made for an account; the journal does not know its address."""

    purpose: str


@event("people.link_used", says=_("使用一次性登录链接（%(purpose)s）"))
class SignInLinkUsed:
    """The person opened the door once with the link."""

    purpose: str
