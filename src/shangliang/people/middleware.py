"""The committee of a request and what an administrator needs before the desk opens."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .models import Committee
from .tenancy import within

#: What an administrator without an authenticator may still open.
OPEN_WITHOUT_MFA = frozenset(
    {
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_index",
        "mfa_reauthenticate",
        "people:sign_in_link",
        "portal:language",
        "portal:mode",
    }
)


class CommitteeScope:
    """Sets ``request.committee`` and lets the rest of the request see that committee's records alone.

    A signed-in account's own committee; otherwise the one whose host was asked, or the first. On an empty
    installation there is none, and any query for a committee's records raises.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.committee = self.committee_of(request)
        if request.committee is None:
            return self.get_response(request)
        with within(request.committee):
            return self.get_response(request)

    def committee_of(self, request):
        """The committee that this request is about, or None."""
        if request.user.is_authenticated:
            return request.user.committee
        host = request.get_host().rsplit(":", 1)[0]
        # Chosen here: an installation has a few, and a plain query costs half of one that sorts by a condition.
        known = Committee.objects.select_related("region")
        return min(known, key=lambda committee: (committee.host != host, committee.pk), default=None)


class AdministratorsNeedMfa:
    """Leads an administrator without an authenticator app to its set-up, whatever page was asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let everybody pass but administrators who have not set up the second factor."""
        if not request.user.is_authenticated or not request.user.is_administrator:
            return None
        match = request.resolver_match
        if match.view_name in OPEN_WITHOUT_MFA or "portal" in match.namespaces:
            return None
        totp = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP)
        if totp.exists():
            return None
        messages.warning(request, _("管理员必须先设好两步验证，才能使用工作台。"))
        return redirect("mfa_activate_totp")
