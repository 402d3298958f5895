"""The demo, built once for all the tests of its module and rolled back after them."""

import pytest
from django.db import transaction
from django.test import override_settings

from shangliang.demo.build import build
from shangliang.people.models import Committee
from shangliang.people.tenancy import within


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The committee of the demo, in scope; the tests share it and must not need the ``db`` fixture."""
    with django_db_blocker.unblock(), override_settings(IS_DEMO=True), transaction.atomic():
        build()
        committee = Committee.objects.get()
        with within(committee):
            yield committee
        transaction.set_rollback(True)
