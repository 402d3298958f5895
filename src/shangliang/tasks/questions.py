"""Questions about tasks that lists and clocks ask."""

from django.db import models


class TaskQuerySet(models.QuerySet):
    """Questions about tasks."""

    def visible_to(self, account):
        """The tasks an account may read."""
        from . import policies

        return policies.readable(self, account)

    def unfinished(self):
        """Tasks whose unit still owes something."""
        return self.exclude(state__in=self.model.FINISHED)

    def overdue(self, today):
        """Tasks whose clock has run out; derived, never a state."""
        return self.unfinished().filter(
            deadline__due_on__lt=today, deadline__ended_on=None, deadline__paused_on=None
        )
