"""Parts of Word documents that python-docx has no call for: Chinese fonts, fields, bookmarks, contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hpviewer import __version__
from hpviewer.wording import say

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

_LATIN = "Times New Roman"
SONG = "宋体"
HEI = "黑体"
"""Font names as every Chinese Windows, UOS and Kylin knows them or has a substitute for them."""


def a4_document(title: str, *, side_cm: float, top_cm: float) -> Document:
    """An empty A4 page in portrait with Chinese as its language; margins in centimetres."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(side_cm)
    section.top_margin = section.bottom_margin = Cm(top_cm)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "hpviewer", "zh-CN"
    properties.comments = say("exporting.about.version", version=__version__)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    return document


def set_font(style: ParagraphStyle, east_asian: str, points: float, *, bold: bool = False) -> None:
    """One font for every script of the style, in black; the theme's fonts would otherwise win."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = _LATIN, Pt(points), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{script}"), name)


def set_spacing(style: ParagraphStyle, before: float, after: float, line: float = 1.0) -> None:
    """Points before and after, lines as a multiple of the font's own."""
    from docx.shared import Pt

    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), line


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field such as PAGE with what stands there until the program that opens it works it out."""
    _mark(paragraph, "begin")
    _instruction(paragraph, instruction)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def add_page_numbers(document: Document) -> None:
    """第 1 页，共 9 页 in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(say("exporting.directory.page_before"))
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(say("exporting.directory.page_between"))
    add_field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(say("exporting.directory.page_after"))


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Around all that the paragraph holds; ``number`` is unique in the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def add_contents(document: Document, entries: Sequence[tuple[int, str, str]], levels: int) -> None:
    """A table of contents by the heading styles, filled in: level (from 1), text and bookmark of each entry.

    Only a program that lays pages out knows their numbers. The field is marked as outdated, so Word and WPS fill
    them in; elsewhere, and until then, the entries are links.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.add_paragraph()
    for at, (level, text, bookmark) in enumerate(entries):
        paragraph = document.add_paragraph(style=f"toc {level}") if at else paragraph
        if not at:
            paragraph.style = f"toc {level}"
            _mark(paragraph, "begin", outdated=True)
            _instruction(paragraph, f'TOC \\o "1-{levels}" \\h \\z \\u')
            _mark(paragraph, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), bookmark)
        link.set(qn("w:history"), "1")
        run = paragraph.add_run(text)
        paragraph._p.append(link)
        link.append(run._r)
    if entries:
        _mark(document.add_paragraph(), "end")


def _mark(paragraph: Paragraph, kind: str, *, outdated: bool = False) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if outdated:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Paragraph, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {text} "
    paragraph.add_run()._r.append(instruction)
