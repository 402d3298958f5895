"""How the log-in library meets this house: no sign-up, no e-mail, sealed secrets, a plain page for locked doors."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..shared import sealed
from . import commands


class StaffOnly(DefaultAccountAdapter):
    """Accounts are opened by the security administrator; no address is kept, so nothing is ever mailed."""

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        raise RuntimeError("this installation keeps no e-mail addresses")

    def set_password(self, user, password):
        commands.change_password(by=user, account=user, password=password)


class SealedAuthenticators(DefaultMFAAdapter):
    """The secrets of authenticator apps lie sealed in the database, under a key outside it."""

    def encrypt(self, text):
        return sealed.seal(settings.MFA_KEY, text)

    def decrypt(self, encrypted_text):
        return sealed.unseal(settings.MFA_KEY, encrypted_text)


def locked_out(request, response=None, credentials=None):
    """The page for too many wrong passwords, with status 429."""
    context = {
        "error_title": _("登录暂停一刻钟"),
        "error_body": _("密码连续输错了几次。为了您的账号安全，请过十五分钟再试，或者请安全管理员重新发邀请链接。"),
    }
    return render(request, "layout/error.html", context, status=429)
