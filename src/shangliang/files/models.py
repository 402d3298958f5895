"""Attachments of records."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel, tenant_manager


class Attachment(TenantModel):
    """A picture or paper handed in with a record; of a picture a clean copy, never the original.

    ``region_code`` is the place of that record, so that a place's own liaison may read it.
    """

    class Role(models.TextChoices):
        REPORT = "report", _("反映时的照片")
        BEFORE = "before", _("办理前")
        AFTER = "after", _("办理后")
        PAPER = "paper", _("文件")
        MEETING = "meeting", _("协商现场")
        VISIT = "visit", _("走访现场")
        SIGN = "sign", _("门牌标识")
        ACTIVITY = "activity", _("活动现场")

    case_no = models.CharField(max_length=30, db_index=True, default="", blank=True)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    region_code = models.CharField(max_length=12, default="", blank=True)
    role = models.CharField(max_length=10, choices=Role.choices)
    name = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    caption = models.CharField(max_length=80, default="", blank=True)
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    objects = tenant_manager()
    #: A file is asked for by its unguessable name, before any committee is known.
    everywhere = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="attachment_subject")]

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        """True for a picture, false for a paper (PDF)."""
        return self.media_type == "image/jpeg"

    @property
    def thumbnail_name(self) -> str:
        """The name of the small copy of a picture; a paper has none and gives an empty string."""
        return self.name.replace(".jpg", "_s.jpg") if self.is_picture else ""

    @property
    def path(self):
        """Where the file lies: MEDIA_ROOT/<year>/<month>/<name>, by the UTC month of adding."""
        return settings.MEDIA_ROOT / f"{self.added_at:%Y}" / f"{self.added_at:%m}" / self.name

    @property
    def thumbnail_path(self):
        """Where a picture's small copy lies."""
        return self.path.with_name(self.thumbnail_name)

    def get_absolute_url(self) -> str:
        """The address of the file."""
        return reverse("files:show", args=[self.name])

    @property
    def thumbnail_url(self) -> str:
        """The address of a picture's small copy."""
        return reverse("files:show", args=[self.thumbnail_name])
