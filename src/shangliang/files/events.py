"""What happens to files after they were handed in."""

from django.utils.translation import gettext_lazy as _

from ..journal.events import event


@event("files.published", says=_("公开了一份材料：%(kind)s"))
class AttachmentPublished:
    """A picture or paper was reviewed and is now open to everybody."""

    kind: str
    sha256: str


@event("files.withheld", says=_("收回了一份已公开的材料：%(kind)s"), tone="warning")
class AttachmentWithheld:
    """A public picture or paper is private again."""

    kind: str
    sha256: str


@event("files.erased", says=_("删除了一份材料：%(kind)s"), tone="warning")
class FileErased:
    """A picture or paper was erased, file and row; only its digest remains."""

    kind: str
    sha256: str


@event("files.sign_added", says=_("%(venue)s：收到门牌照片 %(count)s 张"))
class SignAdded:
    """Photographs of a place's sign were handed in."""

    venue: str
    count: int
