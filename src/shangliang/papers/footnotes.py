"""Footnotes of a docx, which python-docx does not know: a part of its own, with links that can be pressed.

The part and its two separators are those of ISO/IEC 29500-1 17.11; Word, WPS and LibreOffice read them.
"""

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

#: The type of footnotes that is customary in Chinese papers: 小五号宋体, in half points.
FACE, HALF_POINTS = "宋体", 18
NAMES = nsdecls("w", "r")
_FONTS = f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}"/>'
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Footnotes:
    """The footnotes of one document, numbered in the order in which the text refers to them."""

    def __init__(self):
        self.notes = []

    def refer(self, paragraph, note) -> None:
        """End the paragraph, as it stands, with the raised number of one more note."""
        self.notes.append(note)
        number = f'<w:footnoteReference w:id="{len(self.notes)}"/>'
        paragraph._p.append(parse_xml(f"<w:r {NAMES}>{_raised()}{number}</w:r>"))

    def attach(self, document) -> None:
        """Put the notes into the document; one without notes stays as it is."""
        if not self.notes:
            return
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", document.part.package)
        root = parse_xml(f"<w:footnotes {NAMES}/>")
        for kind, number in _SEPARATORS:
            root.append(_separator(kind, number))
        for number, note in enumerate(self.notes, 1):
            address = part.relate_to(note.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            root.append(_footnote(number, note, address))
        part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        separators = "".join(f'<w:footnote w:id="{number}"/>' for _kind, number in _SEPARATORS)
        compat = document.settings.element.find(qn("w:compat"))  # the schema wants them before it
        compat.addprevious(parse_xml(f"<w:footnotePr {NAMES}>{separators}</w:footnotePr>"))


def _separator(kind, number):
    return parse_xml(
        f'<w:footnote {NAMES} w:type="{kind}" w:id="{number}"><w:p>{_shape()}<w:r><w:{kind}/></w:r></w:p></w:footnote>'
    )


def _footnote(number, note, address):
    """The number, the words, and the address as a link."""
    made = parse_xml(
        f'<w:footnote {NAMES} w:id="{number}"><w:p>{_shape()}<w:r>{_raised()}<w:footnoteRef/></w:r>'
        f'<w:r>{_letters()}<w:t xml:space="preserve"/></w:r>'
        f'<w:hyperlink r:id="{address}"><w:r>{_letters("0563C1")}<w:t/></w:r></w:hyperlink></w:p></w:footnote>'
    )
    words, shown = made.iter(qn("w:t"))
    words.text, shown.text = f" {note.words} ", note.address
    return made


def _shape() -> str:
    """Close lines that end where they end: an address has no place to be stretched at."""
    return '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>'


def _letters(colour="") -> str:
    """Properties of a run in the order of the schema: face, colour, size, underline."""
    size = f'<w:sz w:val="{HALF_POINTS}"/><w:szCs w:val="{HALF_POINTS}"/>'
    if colour:
        size = f'<w:color w:val="{colour}"/>{size}<w:u w:val="single"/>'
    return f"<w:rPr>{_FONTS}{size}</w:rPr>"


def _raised() -> str:
    return f'<w:rPr>{_FONTS}<w:vertAlign w:val="superscript"/></w:rPr>'
