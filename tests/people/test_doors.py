"""Log-in, one-time links, the second factor, and sessions that die."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from shangliang.journal.models import Entry
from shangliang.people import commands
from shangliang.people.models import Account, SignInLink
from shangliang.people.roles import Role
from shangliang.shared import clock
from shangliang.shared.refusals import Refused

PASSWORD = "一口很长的老水井 2023"
ME = "/people/me/"


@pytest.fixture
def demo(settings):
    settings.IS_DEMO = True


@pytest.fixture
def real(settings):
    settings.IS_DEMO = False


@pytest.fixture
def with_password(liaison):
    """The liaison officer, who has set a password."""
    commands.change_password(by=liaison, account=liaison, password=PASSWORD)
    return liaison


def _log_in(client, account, password=PASSWORD, **extra):
    data = {"login": account.username, "password": password}
    return client.post(reverse("account_login"), data, **extra)


def _code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_looking_at_a_link_does_not_burn_it(demo, security_admin, liaison):
    path = commands.sign_in_link(by=security_admin, account=liaison)
    client = Client()
    assert client.get(path).status_code == client.head(path).status_code == client.get(path).status_code == 200
    assert SignInLink.objects.get().used_at is None
    assert "_auth_user_id" not in client.session


def test_a_demo_link_signs_in_once(demo, security_admin, liaison):
    path = commands.sign_in_link(by=security_admin, account=liaison)
    client, second = Client(), Client()
    assert client.post(path).status_code == 302
    assert client.session["_auth_user_id"] == str(liaison.pk)
    again = second.post(path)
    assert again.status_code == 410
    assert "已经用过一次" in again.content.decode()
    assert "_auth_user_id" not in second.session


def test_two_who_press_at_once_do_not_both_get_in(demo, security_admin, liaison):
    commands.sign_in_link(by=security_admin, account=liaison)
    one = SignInLink.objects.select_related("account").get()
    other = SignInLink.objects.select_related("account").get()
    commands.use_link(by=liaison, link=one)
    with pytest.raises(Refused, match="已经用过一次"):
        commands.use_link(by=liaison, link=other)


def test_a_demo_link_is_worthless_outside_a_demo(demo, settings, security_admin, liaison):
    path = commands.sign_in_link(by=security_admin, account=liaison)
    settings.IS_DEMO = False
    response = Client().post(path)
    assert response.status_code == 410
    assert "只在演示环境里有效" in response.content.decode()


def test_a_link_ends(demo, security_admin, liaison):
    with clock.at(clock.now() - commands.DEMO_LINK_LASTS - dt.timedelta(minutes=1)):
        path = commands.sign_in_link(by=security_admin, account=liaison)
    response = Client().post(path)
    assert response.status_code == 410
    assert "过期" in response.content.decode()


@pytest.mark.parametrize("token", ["abc", "abc.def", "é.é", "x" * 300])
def test_a_forged_link_is_refused(db, token):
    response = Client().get(reverse("people:sign_in_link", args=[token]))
    assert response.status_code == 410
    assert "不是本平台发出的" in response.content.decode()


def test_the_database_does_not_know_the_address_of_a_link(demo, security_admin, liaison):
    path = commands.sign_in_link(by=security_admin, account=liaison)
    token = path.rstrip("/").rsplit("/", 1)[1]
    assert token not in SignInLink.objects.get().digest
    assert not Entry.objects.filter(data__contains=token).exists()


def test_an_invitation_sets_the_password_and_does_not_sign_in(real, security_admin, liaison):
    path = commands.sign_in_link(by=security_admin, account=liaison)
    client = Client()
    weak = client.post(path, {"password": "12345678", "again": "12345678"})
    assert weak.status_code == 200
    assert SignInLink.objects.get().used_at is None
    different = client.post(path, {"password": PASSWORD, "again": PASSWORD + "!"})
    assert "不一样" in different.content.decode()
    done = client.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert done.url == reverse("account_login")
    assert "_auth_user_id" not in client.session
    assert _log_in(client, liaison).status_code == 302
    assert client.session["_auth_user_id"] == str(liaison.pk)


def test_a_new_invitation_voids_the_one_before(real, security_admin, liaison):
    old = commands.sign_in_link(by=security_admin, account=liaison)
    new = commands.sign_in_link(by=security_admin, account=liaison)
    assert Client().get(old).status_code == 410
    assert Client().get(new).status_code == 200


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.COMMITTEE_OFFICE])
def test_others_make_no_links(account, liaison, role):
    with pytest.raises(Refused):
        commands.sign_in_link(by=account(role), account=liaison)


def test_a_security_administrator_makes_no_link_for_himself(security_admin):
    with pytest.raises(Refused):
        commands.sign_in_link(by=security_admin, account=security_admin)


def test_the_session_is_a_new_one_after_log_in(with_password):
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert _log_in(client, with_password).status_code == 302
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_a_wrong_password_and_an_unknown_name_read_the_same(with_password):
    wrong = _log_in(Client(), with_password, "x" * 14).content.decode()
    with_password.username = "nobody"
    unknown = _log_in(Client(), with_password).content.decode()
    error = r'<p class="error".*?</p>|<li>.*?</li>'
    assert re.findall(error, wrong, re.S) == re.findall(error, unknown, re.S) != []


def test_after_five_wrong_passwords_the_door_is_locked(with_password):
    client = Client()
    answers = [_log_in(client, with_password, "x" * 14).status_code for _n in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = _log_in(client, with_password)
    assert locked.status_code == 429
    assert "十五分钟" in locked.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_log_in_page_keeps_the_name_and_never_the_password(with_password):
    html = _log_in(Client(), with_password, "wrong-and-long-enough").content.decode()
    assert "登录名" in html
    assert f'value="{with_password.username}"' in html
    assert "wrong-and-long-enough" not in html


def test_nobody_signs_up_and_nothing_is_mailed(committee, mailoutbox):
    client = Client()
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404
    page = client.get(reverse("account_reset_password"))
    assert "安全管理员" in page.content.decode()
    assert client.post(reverse("account_reset_password"), {"email": "a@b.cn"}).status_code == 405
    assert mailoutbox == []


def test_a_deactivated_account_is_thrown_out_at_once(security_admin, with_password):
    client = Client()
    _log_in(client, with_password)
    assert client.get(ME).status_code == 200
    commands.deactivate_account(by=security_admin, account=with_password, why="离职")
    assert client.get(ME).status_code == 302
    assert _log_in(Client(), with_password).status_code == 200
    commands.reopen_account(by=security_admin, account=with_password)
    assert client.get(ME).status_code == 302


def test_a_new_password_ends_the_other_sessions(with_password):
    here, there = Client(), Client()
    _log_in(here, with_password)
    _log_in(there, with_password)
    new = PASSWORD + "新"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), data).status_code == 302
    assert here.get(ME).status_code == 200
    assert there.get(ME).status_code == 302
    assert Entry.objects.filter(event="people.password_changed").count() == 2


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_an_administrator_without_second_factor_is_led_to_its_set_up(account, client_as, role):
    client = client_as(account(role), mfa=False)
    for name in ("people:me", "people:accounts", "venues:venues"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_others_may_work_without_a_second_factor(client_as, liaison):
    page = client_as(liaison).get(ME).content.decode()
    assert reverse("mfa_activate_totp") in page


def test_an_administrator_sets_up_the_second_factor_and_uses_it(
    security_admin, django_capture_on_commit_callbacks
):
    commands.change_password(by=security_admin, account=security_admin, password=PASSWORD)
    client = Client()
    _log_in(client, security_admin)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    client.post(asked.url, {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = client.session[SECRET_SESSION_KEY]
    assert 'src="data:image/svg+xml' in page
    assert secret[:4] in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\w{8})</code>", client.get(done.url).content.decode())
    assert len(codes) == 10
    assert client.get(reverse("people:accounts")).status_code == 200
    stored = Authenticator.objects.get(user=security_admin, type="totp")
    assert secret not in str(stored.data)

    second = Client()
    step = _log_in(second, security_admin)
    assert step.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in second.session
    assert second.get(reverse("mfa_authenticate")).status_code == 200
    second.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert second.session["_auth_user_id"] == str(security_admin.pk)
    third = Client()
    _log_in(third, security_admin)
    third.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" not in third.session
    told = Entry.objects.filter(event__startswith="people.authenticator").values_list("event", flat=True)
    assert list(told) == ["people.authenticator_added"] * 2


def test_a_demo_link_does_not_go_round_the_second_factor(demo, security_admin, account, client_as):
    guarded = account(Role.AUDITOR)
    client_as(guarded)
    client = Client()
    answer = client.post(commands.sign_in_link(by=security_admin, account=guarded))
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp", "account_set_password"],
)
def test_the_account_pages_speak_plain_chinese(client_as, security_admin, name):
    page = client_as(security_admin).get(reverse(name), follow=True)
    assert page.status_code == 200
    html = page.content.decode()
    assert 'lang="zh-Hans"' in html
    assert "好商量" in html


def test_the_security_administrator_opens_an_account_from_the_page(real, security_admin, client_as):
    client = client_as(security_admin)
    page = client.post(reverse("people:open_account"), {"username": "zhang", "name": "张三"})
    link = re.search(r"/people/link/[\w.-]+/", page.content.decode())[0]
    assert Client().get(link).status_code == 200
    opened = Account.objects.get(username="zhang")
    answer = client.post(reverse("people:grant_role", args=[opened.pk]), {"role": "liaison"})
    assert answer.status_code == 422
    assert "必须指明镇街或村" in answer.content.decode()
    client.post(reverse("people:grant_role", args=[opened.pk]), {"role": "reviewer"})
    listed = client.get(reverse("people:accounts"), {"q": "zhang"}).content.decode()
    assert "公开审核员" in listed
    assert client.get(reverse("people:accounts"), {"q": "\x00"}).status_code == 200
    client.post(reverse("people:end_role", args=[opened.current_grants[0].pk]))
    client.post(reverse("people:deactivate_account", args=[opened.pk]), {"why": "离职"})
    assert "已停用" in client.get(reverse("people:account", args=[opened.pk])).content.decode()


@pytest.mark.parametrize("role", [Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_other_roles_do_not_see_the_register_of_accounts(account, client_as, role):
    assert client_as(account(role)).get(reverse("people:accounts")).status_code == 403


def test_another_committees_account_is_not_found(client_as, security_admin, account, other_committee):
    stranger = account(Role.REVIEWER, committee=other_committee)
    client = client_as(security_admin)
    assert client.get(reverse("people:account", args=[stranger.pk])).status_code == 404
    grant = stranger.current_grants[0]
    assert client.post(reverse("people:end_role", args=[grant.pk])).status_code == 404


def test_the_host_chooses_the_committee_of_a_visitor(committee, other_committee, rf):
    from django.contrib.auth.models import AnonymousUser

    from shangliang.people.middleware import CommitteeScope
    from shangliang.people.models import Committee

    Committee.objects.filter(pk=other_committee.pk).update(host="lc.example.cn")
    asked = {}
    for host in ("lc.example.cn:8000", "elsewhere.example.cn"):
        request = rf.get("/", headers={"host": host})
        request.user = AnonymousUser()
        asked[host] = CommitteeScope(lambda request: request.committee.code)(request)
    assert asked == {"lc.example.cn:8000": "LC", "elsewhere.example.cn": "RC"}


def test_an_empty_installation_has_no_committee(db, rf):
    from django.contrib.auth.models import AnonymousUser

    from shangliang.people.middleware import CommitteeScope

    request = rf.get("/")
    request.user = AnonymousUser()
    assert CommitteeScope(lambda request: request.committee)(request) is None
