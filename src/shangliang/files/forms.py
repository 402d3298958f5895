"""The form field in which people hand in pictures."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..shared.refusals import Refused
from . import pictures


class PicturesInput(forms.FileInput):
    """A file input for several files, which a phone offers as camera and album."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])

    def value_omitted_from_data(self, data, files, name):
        return name not in files


class PicturesField(forms.FileField):
    """Several pictures (with ``papers`` PDFs too); its value is a list of :class:`pictures.Ready`.

    The pictures are decoded while the form is checked: a bad one is told beside the field, and the
    command that follows does not hold the database's writer lock for it. Pass the value on as
    ``uploads``.
    """

    def __init__(self, *, papers: bool = False, **kwargs):
        self.papers = papers
        attrs = {
            "accept": "image/*,application/pdf" if papers else "image/*",
            "multiple": True,
            "data-max-files": pictures.MAX_FILES,
            "data-max-mb": pictures.MAX_PAPER_MB if papers else pictures.MAX_MB,
        }
        kwargs.setdefault("label", _("照片"))
        super().__init__(widget=PicturesInput(attrs=attrs), **kwargs)

    def clean(self, data, initial=None) -> list[pictures.Ready]:
        uploads = [upload for upload in data or [] if upload]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        try:
            return pictures.make_ready(uploads, papers=self.papers)
        except Refused as refused:
            raise ValidationError(str(refused), code="refused") from refused

    def has_changed(self, initial, data) -> bool:
        return bool(data)
