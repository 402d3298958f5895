"""Every sentence of the article has its page in the demo, as docs/article.md says."""

import re
from pathlib import Path

import pytest
from django.test import Client

from shangliang.people.models import Account

pytestmark = pytest.mark.slow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "article.md"
ROW = re.compile(r"^\| (?P<says>.+) \| `(?P<address>/[^`]*)`(?: \((?P<role>\w+)\))? \| (?P<words>.+) \|$", re.M)


def rows():
    return [match.groupdict() for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]


def test_each_address_shows_what_the_article_says(demo):
    found = rows()
    assert len(found) > 25
    browsers = {None: Client()}
    missing = []
    for row in found:
        role = row["role"]
        if role not in browsers:
            browsers[role] = Client()
            account = Account.objects.get(username=role)
            browsers[role].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        answer = browsers[role].get(row["address"])
        if answer.status_code != 200 or row["words"] not in answer.content.decode():
            missing.append((row["says"], row["address"], answer.status_code))
    assert missing == []
