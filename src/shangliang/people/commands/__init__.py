"""Every change to people and bodies: the register, the links of the serving chain, accounts and their roles."""

from .accounts import (
    DEMO_LINK_LASTS,
    INVITATION_LASTS,
    change_password,
    deactivate_account,
    end_role,
    grant_role,
    note_authenticator,
    open_account,
    reopen_account,
    sign_in_link,
    use_link,
)
from .bodies import (
    add_member,
    add_members,
    add_office,
    add_station,
    add_unit,
    appoint_leader,
    establish_committee,
)
from .links import end_link, leave, link

__all__ = [
    "DEMO_LINK_LASTS",
    "INVITATION_LASTS",
    "add_member",
    "add_members",
    "add_office",
    "add_station",
    "add_unit",
    "appoint_leader",
    "change_password",
    "deactivate_account",
    "end_link",
    "end_role",
    "establish_committee",
    "grant_role",
    "leave",
    "link",
    "note_authenticator",
    "open_account",
    "reopen_account",
    "sign_in_link",
    "use_link",
]
