"""Information on social conditions, from the draft to the feedback."""

from django.db import models

from ..people.tenancy import TenantModel


class Brief(TenantModel):
    """A piece of social-conditions information (社情民意信息): situation, analysis, advice, in one sheet."""

    title = models.CharField(max_length=80)

    def __str__(self):
        return self.title
