"""The demo, built once for all the tests of its module and rolled back after them."""

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

from shangliang.demo.build import build
from shangliang.people.models import Committee
from shangliang.people.tenancy import within

from ..remembered import memory


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The committee of the demo, in scope; the tests share it and must not need the ``db`` fixture."""
    with django_db_blocker.unblock(), override_settings(IS_DEMO=True), transaction.atomic():
        _count_from_one()
        build()
        committee = Committee.objects.get()
        with within(committee):
            yield committee
        transaction.set_rollback(True)


def _count_from_one() -> None:
    """Number rows as a new installation does, whatever other tests have used up; PostgreSQL never goes back itself."""
    memory.forget()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)
