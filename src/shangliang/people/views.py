"""Pages about accounts: the one-time link, one's own account, and the security administrator's register."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..shared import clock
from ..shared.refusals import Refused
from ..shared.sheets import clean
from . import commands, queries
from .doors import for_roles
from .forms import AccountForm, InvitationForm, RoleForm, put_refusal
from .models import Account, RoleGrant, SignInLink
from .roles import Role

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request, token):
    """GET shows what the link is for and burns nothing; POST uses it once."""
    try:
        link = queries.find_link(token)
    except Refused as refused:
        return _dead_link(request, refused)
    invited = link.purpose == SignInLink.Purpose.INVITATION
    form = InvitationForm(request.POST or None) if invited else None
    if request.method == "POST" and (form is None or form.is_valid()):
        password = form.cleaned_data["password"] if invited else ""
        try:
            commands.use_link(by=link.account, link=link, password=password)
        except Refused as refused:
            if form is None or not refused.field:
                return _dead_link(request, refused)
            put_refusal(form, refused)
        else:
            return _let_in(request, link)
    return render(request, "people/sign_in_link.html", {"link": link, "form": form})


def _let_in(request, link):
    if request.user.is_authenticated:
        logout(request)
    if link.purpose == SignInLink.Purpose.INVITATION:
        messages.success(request, _("密码已设好，请用登录名“%s”登录。") % link.account.username)
        return redirect("account_login")
    return perform_login(request, link.account)


def _dead_link(request, refused):
    context = {"error_title": _("链接打不开"), "error_body": str(refused)}
    return render(request, "layout/error.html", context, status=410)


@require_GET
def forgotten(request):
    """What to do without a password: nothing is mailed, a person helps."""
    return render(request, "people/forgotten.html")


@login_required
@require_GET
def me(request):
    """One's own account: name, roles, second factor, password."""
    has_mfa = request.user.authenticator_set.filter(type="totp").exists()
    return render(request, "people/me.html", {"has_mfa": has_mfa})


@for_roles(Role.SECURITY_ADMIN)
@require_GET
def accounts(request):
    """The register of accounts with their present roles."""
    return _accounts_page(request, AccountForm())


@for_roles(Role.SECURITY_ADMIN)
@never_cache
@require_POST
def open_account(request):
    """Open an account and show its invitation, once."""
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            account = commands.open_account(
                by=request.user, committee=request.committee, **form.cleaned_data
            )
            path = commands.sign_in_link(by=request.user, account=account)
            return _account_page(request, account, path=path)
        except Refused as refused:
            put_refusal(form, refused)
    return _accounts_page(request, form, status=422)


@for_roles(Role.SECURITY_ADMIN)
@require_GET
def account(request, pk):
    """One account with its roles and what can be done."""
    return _account_page(request, _account(request, pk))


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def grant_role(request, pk):
    """Give a role."""
    account, form = _account(request, pk), RoleForm(request.POST, committee=request.committee)
    if form.is_valid():
        try:
            commands.grant_role(by=request.user, account=account, **form.cleaned_data)
            messages.success(request, _("角色已授予。"))
            return redirect("people:account", pk=pk)
        except Refused as refused:
            put_refusal(form, refused)
    return _account_page(request, account, form=form, status=422)


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def end_role(request, pk):
    """End a role at once."""
    grant = get_object_or_404(RoleGrant.objects.select_related("account__committee"), pk=pk)
    return _do(request, grant.account, _("角色已终止。"), commands.end_role, grant=grant)


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def deactivate_account(request, pk):
    """Close an account; its sessions end."""
    found = _account(request, pk)
    return _do(request, found, _("账号已停用。"), commands.deactivate_account, account=found)


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def reopen_account(request, pk):
    """Let a closed account be invited again."""
    found = _account(request, pk)
    return _do(request, found, _("账号已恢复，请重新发邀请。"), commands.reopen_account, account=found)


@for_roles(Role.SECURITY_ADMIN)
@never_cache
@require_POST
def new_link(request, pk):
    """Make a new invitation and show it, once."""
    found = _account(request, pk)
    try:
        path = commands.sign_in_link(by=request.user, account=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:account", pk=pk)
    return _account_page(request, found, path=path)


def _account(request, pk):
    return get_object_or_404(Account, pk=pk, committee=request.committee)


def _do(request, account, done, do, /, **about):
    """One button: the command, or its refusal in words, and back to the account."""
    try:
        do(by=request.user, why=request.POST.get("why", ""), **about)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:account", pk=account.pk)


def _accounts_page(request, form, status=200):
    words = clean(request.GET.get("q"))
    rows = queries.accounts_with_roles(request.committee, clock.today(), words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "words": words}
    return render(request, "people/accounts.html", context, status=status)


def _account_page(request, account, *, form=None, path="", status=200):
    context = {
        "account": account,
        "grants": queries.grants_of(account, clock.today()),
        "form": form or RoleForm(committee=request.committee),
        "link": settings.PUBLIC_ADDRESS + path if path else "",
        "is_self": account.pk == request.user.pk,
    }
    return render(request, "people/account.html", context, status=status)
