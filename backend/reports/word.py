"""A paper as a Word file (.docx) on A4: Song and Hei type, a head, page numbers, tables that keep to the page.

Words of citizens are put in as text, never as markup; what XML cannot hold is
left out. The same paper gives the same bytes but for the archive's own dates.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.reports.papers import Facts, Paper, Part, Picture, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
WIDTH, MARGIN = 21.0, 2.5  # cm: A4
TEXT = WIDTH - 2 * MARGIN
ACROSS = 3  # pictures in a row
PICTURE = 4.8  # cm: the longer side of a picture
LABELS = 0.28  # of the page, for the labels of facts
UNSTORABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""
GREY = "808080"


def docx(paper: Paper, *, at: datetime) -> bytes:
    """The file's bytes. *at* stands in it as when it was made."""
    made = _opened(paper, at)
    _title(made, paper)
    for number, part in enumerate(paper.parts, start=1):
        _part(made, part, broken=part.new_page or (number == 1 and paper.covered))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plain(text: str) -> str:
    """The text without what XML cannot hold."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _opened(paper: Paper, at: datetime) -> Any:
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(WIDTH), Cm(29.7)
    page.left_margin = page.right_margin = Cm(MARGIN)
    page.top_margin = page.bottom_margin = Cm(MARGIN)
    _style(made.styles["Normal"], SONG, 10.5, paper.language)
    for name, size in (("Title", 26), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 10.5)):
        _style(made.styles[name], HEI, size, paper.language)
        made.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    head = page.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(head, paper.head, size=9, grey=True)
    _numbered(page.footer.paragraphs[0], paper.pages)
    about = made.core_properties
    about.title, about.author, about.created, about.modified = plain(paper.title), "", at, at
    about.language, about.last_modified_by, about.comments = paper.language, "", ""
    return made


def _style(style: Any, name: str, size: float, language: str) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), language)
    tongue.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(tongue)
    anywhere = OxmlElement("w:wordWrap")  # off: a word longer than its column is broken
    anywhere.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().append(anywhere)
    style.paragraph_format.space_after = Pt(4)


def _numbered(paragraph: Any, told: str) -> None:
    """The words with the fields that Word reckons for {page} and {pages}."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in re.split(r"(\{pages?\})", told):
        if piece in {"{page}", "{pages}"}:
            _field(paragraph, "PAGE" if piece == "{page}" else "NUMPAGES")
        elif piece:
            _run(paragraph, piece, size=9, grey=True)


def _field(paragraph: Any, code: str) -> None:
    run = _run(paragraph, "", size=9, grey=True)
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        name = {"": "w:instrText", "text": "w:t"}.get(kind, "w:fldChar")
        mark = OxmlElement(name)
        if name == "w:fldChar":
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields of its own


def _title(made: Any, paper: Paper) -> None:
    for _ in range(6 if paper.covered else 0):
        made.add_paragraph()
    title = made.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _text(title, paper.title)
    under = made.add_paragraph()
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(under, paper.under, size=14)
    if paper.cover:
        made.add_paragraph()
        _facts(made, paper.cover)


def _part(made: Any, part: Part, *, broken: bool) -> None:
    heading = made.add_paragraph(style="Heading 1")
    heading.paragraph_format.page_break_before = broken
    _text(heading, part.title)
    if part.facts:
        _facts(made, part.facts)
    for text in part.texts:
        for line in plain(text).split("\n"):
            made.add_paragraph(line)
    for table in part.tables:
        _table(made, table)
    if part.pictures:
        _pictures(made, part.pictures)
    if part.empty and not (part.facts or part.texts or part.pictures or any(table.rows for table in part.tables)):
        made.add_paragraph(plain(part.empty))
    for label in part.signs:
        line = made.add_paragraph()
        line.paragraph_format.space_before = Pt(14)
        _text(line, f"{label}{'_' * 24}")


def _facts(made: Any, facts: Facts) -> None:
    grid = _grid(made, len(facts), (LABELS, 1 - LABELS))
    for row, (label, words) in zip(grid.rows, facts, strict=True):
        _fill(row.cells[0], label, bold=True)
        _fill(row.cells[1], words)


def _table(made: Any, table: Table) -> None:
    if not table.rows:
        return
    if table.title:
        title = made.add_paragraph(style="Caption")
        title.paragraph_format.keep_with_next = True
        _run(title, table.title, bold=True)
    grid = _grid(made, len(table.rows) + 1, table.widths)
    if table.title:
        _named(grid, table.title)
    above = OxmlElement("w:tblHeader")  # the headings stand above each page
    above.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(above)  # noqa: SLF001 - as above
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        _fill(cell, heading, bold=True)
    for row, told in zip(list(grid.rows)[1:], table.rows, strict=True):
        for cell, words in zip(row.cells, told, strict=True):
            _fill(cell, words)
    for note in table.notes:
        _run(made.add_paragraph(), note, size=9, grey=True)


def _named(grid: Any, title: str) -> None:
    """What a screen reader says of the table before it reads it."""
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), plain(title))
    grid._tbl.tblPr.append(name)  # noqa: SLF001 - python-docx has none of its own; the schema has it last


def _grid(made: Any, rows: int, widths: Sequence[float]) -> Any:
    grid = made.add_table(rows=rows, cols=len(widths), style="Table Grid")
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for place, share in enumerate(widths):
        width = Cm(TEXT * share / sum(widths))
        grid.columns[place].width = width
        for cell in grid.columns[place].cells:
            cell.width = width
    made.add_paragraph().paragraph_format.space_after = Pt(2)
    return grid


def _pictures(made: Any, pictures: Sequence[Picture]) -> None:
    rows = [pictures[start : start + ACROSS] for start in range(0, len(pictures), ACROSS)]
    grid = _grid(made, len(rows), (1,) * ACROSS)
    for row, shown in zip(grid.rows, rows, strict=True):
        for cell, picture in zip(row.cells, shown, strict=False):
            place = cell.paragraphs[0]
            place.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if picture.data:
                drawn = place.add_run().add_picture(io.BytesIO(picture.data))
                longer = max(drawn.width, drawn.height)
                drawn.width, drawn.height = (int(side * Cm(PICTURE) / longer) for side in (drawn.width, drawn.height))
                place = cell.add_paragraph()
                place.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(place, picture.caption, size=9)


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    first, *others = plain(text).split("\n")
    _run(cell.paragraphs[0], first, bold=bold)
    for line in others:
        _run(cell.add_paragraph(), line, bold=bold)


def _text(paragraph: Any, text: str) -> None:
    paragraph.add_run(plain(text).replace("\n", " "))


def _run(paragraph: Any, text: str, *, size: float = 0, bold: bool = False, grey: bool = False) -> Any:
    run = paragraph.add_run(plain(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if grey:
        run.font.color.rgb = RGBColor.from_string(GREY)
    return run
