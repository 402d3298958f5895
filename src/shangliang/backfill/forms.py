"""Forms of the back-fill, one for each step."""

import hashlib
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ..files.forms import PicturesField
from ..shared.forms import words
from .fields import MOST_ABOVE, NEEDED, OF, WORDS
from .grids import MOST_BYTES
from .models import Kind, Proof

#: So many questions of a kind are asked at a time.
ASKED = 60
_ROWS = re.compile(r"\d{1,6}(?:\s*[-–—至到]\s*\d{1,6})?")


class ReadForm(forms.Form):
    """A file or pasted text, and what its rows are."""

    kind = forms.ChoiceField(label=_("里面是什么"), choices=Kind.choices)
    file = forms.FileField(
        label=_("文件"), required=False,
        help_text=_("Excel（.xlsx、.xls）、CSV 或带表格的 Word（.docx），最多 20 MB、20000 行。"),
        error_messages={"empty": _("这个文件是空的。")},
        widget=forms.FileInput(attrs={
            "accept": ".xlsx,.xls,.csv,.txt,.docx", "data-max-files": 1, "data-max-mb": MOST_BYTES >> 20,
            "data-icon": "upload", "data-words": _("选择文件"), "data-too-big": _("这个文件太大，请分成几个："),
        }),
    )  # fmt: skip
    text = words(
        _("或者粘贴"), rows=5, limit=MOST_BYTES // 4, required=False,
        hint=_("从表格里复制的几行，或者一段报道：每句写明哪年哪月哪日的，一句算一行。"),
    )  # fmt: skip


class MapForm(forms.Form):
    """Which column holds what; one choice for each field of the kind."""

    def __init__(self, data, *, batch, head, columns):
        super().__init__(data)
        width = max((len(cells) for _number, cells in batch.sheet), default=0)
        heads = next((cells for number, cells in batch.sheet if number == head), [])
        sample = next((cells for number, cells in batch.sheet if number > head), [])
        choices = [("", _("没有这一栏")), *((str(at), _column(at, heads, sample)) for at in range(width))]
        for name in OF[Kind(batch.kind)]:
            self.fields[name] = forms.ChoiceField(
                label=WORDS[name], choices=choices, required=name in NEEDED[Kind(batch.kind)],
                initial=str(columns.get(name, "")), error_messages={"required": _("请选是哪一栏。")},
            )  # fmt: skip

    @property
    def columns(self) -> dict:
        """{field: column} as chosen."""
        return {name: int(at) for name, at in self.cleaned_data.items() if at}


def _column(at, heads, sample) -> str:
    letters = chr(65 + at) if at < 26 else f"A{chr(65 + at - 26)}" if at < 52 else str(at + 1)
    told = [cells[at][:20] if at < len(cells) else "" for cells in (heads, sample)]
    return f"{letters}　{told[0] or '—'}" + (f"　（{told[1]}）" if told[1] else "")


def heads_offered(batch) -> list[tuple[int, str]]:
    """(row, its words) of the rows that may hold the headings; 0 for none."""
    rows = [(number, "、".join(filter(None, cells))[:40]) for number, cells in batch.sheet if number <= MOST_ABOVE]
    return [(0, _("没有栏目行")), *((number, f"{number}　{told}") for number, told in rows)]


def _name(prefix, written) -> str:
    return f"{prefix}_{hashlib.sha256(written.encode()).hexdigest()[:12]}"


class MatchForm(forms.Form):
    """What the dry run has to ask: each place and member that is not sure, doubled rows, rough numbers."""

    def __init__(self, data, *, judged, county):
        super().__init__(data)
        self.asked: dict[str, tuple[str, str]] = {}
        for written, offers in list(judged.places.items())[:ASKED]:
            whole = (f"r{county.pk}", _("只知道在%(county)s") % {"county": county.name})
            self._ask("places", written, _("“%(words)s”是哪里？") % {"words": written[:40]}, [*offers, whole])
        for name, found in list(judged.members.items())[:ASKED]:
            told = [(str(m.pk), _("%(sector)s，第%(term)s届") % {"sector": m.sector, "term": m.term}) for m in found]
            label = _("“%(name)s”是哪一位？") % {"name": name}
            self._ask("members", name, label, [*told, ("0", _("都不是，不记委员"))])
        left = [row for row in judged.twice if not row.good][:ASKED]
        if left:
            self.fields["twice"] = forms.MultipleChoiceField(
                label=_("这些行不是同一件事，也要补录"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(row.number, _twice(row)) for row in left],
            )  # fmt: skip
        if judged.rough:
            self.fields["rough"] = forms.BooleanField(
                label=_("“约30人”这样的数，按写的数计，凭据只算说明"), required=False,
            )  # fmt: skip

    def _ask(self, what, written, label, choices):
        name = _name(what, written)
        self.asked[name] = what, written
        self.fields[name] = forms.ChoiceField(label=label, choices=[("", _("还不知道")), *choices], required=False)

    def answers(self, what) -> dict:
        """{written: decided} of the places or members that were decided now."""
        told = self.cleaned_data
        return {written: told[name] for name, (kind, written) in self.asked.items() if kind == what and told[name]}


def _twice(row) -> str:
    return _("第 %(n)s 行 %(day)s %(what)s：%(why)s") % {
        "n": row.number, "day": row.on, "what": row.topic[:20], "why": row.twice
    }  # fmt: skip


class ProofForm(forms.Form):
    """What proves the rows."""

    grade = forms.ChoiceField(
        label=_("凭据"), choices=Proof.choices, initial=Proof.STATEMENT,
        help_text=_("行里自己写了凭据的，按行里写的。以后找到更硬的凭据，可以再补。"),
    )  # fmt: skip
    proof = words(
        _("凭据在哪里"), rows=2, limit=300, required=False, hint=_("档案号、哪篇报道、谁的说明；只在工作台看得到。"),
    )  # fmt: skip
    proof_url = forms.CharField(label=_("报道的地址"), max_length=500, required=False)
    uploads = PicturesField(papers=True, label=_("纪要或照片"), required=False)


class ProveForm(ProofForm):
    """A stronger proof for some rows."""

    rows = forms.CharField(
        label=_("哪些行"), max_length=400, required=False, help_text=_("表里的行号，如 5-20、31；不填就是全部。"),
    )  # fmt: skip
    field_order = ["rows", "grade", "proof", "proof_url", "uploads"]

    def clean_rows(self) -> list[tuple[int, int]]:
        """(first, last) of the rows."""
        found = []
        for part in filter(None, re.split(r"[,，、;；\s]+", self.cleaned_data["rows"].strip())):
            if not _ROWS.fullmatch(part):
                raise forms.ValidationError(_("行号请写成 5-20、31 的样子。"))
            first, *last = [int(digits) for digits in re.findall(r"\d+", part)]
            found.append((first, last[0] if last else first))
        return found


class WhyForm(forms.Form):
    """A step that needs a reason."""

    why = words(_("理由"), hint=_("会进入记录，请不要写姓名、电话。"))
