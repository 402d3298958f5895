"""Tenancy that fails closed: a query for a tenant's records without a committee in scope raises."""

from django.db import models
from django_scopes import ScopedManager, scope, scopes_disabled

__all__ = ["TenantModel", "everywhere", "tenant_manager", "within"]


def tenant_manager(queryset=models.QuerySet):
    """A manager that sees the records of the committee in scope, and raises ScopeError when there is none."""
    return ScopedManager(
        committee="committee", _manager_class=models.Manager.from_queryset(queryset)
    )


def within(committee):
    """Context manager: the work inside sees the records of this committee alone."""
    return scope(committee=committee)


def everywhere():
    """Context manager for the few jobs that must see all committees (clock, verifier, look-up of a signed code)."""
    return scopes_disabled()


class TenantModel(models.Model):
    """A record that belongs to one committee."""

    committee = models.ForeignKey("people.Committee", models.PROTECT, related_name="+")

    objects = tenant_manager()

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field):
        """The words of one choice. Django's own translates all of them each time, a quarter of a list's cost."""
        value = getattr(self, field.attname)
        return str(dict(field.flatchoices).get(value, value))
