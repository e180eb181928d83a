"""A paper as a Word file: whatever it holds, Word can open it, and what was told stands there as text."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.reports import word
from backend.reports.papers import Paper, Part, Picture, Table
from tests.fuzzing import examples

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "grey").save(out, "JPEG")
    return out.getvalue()


def paper(*parts: Part, covered: bool = True) -> Paper:
    return Paper("案卷", "市民热线", (("编号", "20261121-HL-000001-9"),), parts, "市民热线　20261121-HL-000001-9",
                 "第 {page} 页，共 {pages} 页", "zh-CN", covered=covered)  # fmt: skip


def opened(made: Paper):
    return docx.Document(io.BytesIO(word.docx(made, at=AT)))


def words(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_part_stands_there_in_its_order():
    document = opened(paper(Part("登记表", (("姓名", "李芳"),)), Part("答复", texts=("已经处理。\n谢谢。",))))

    told = words(document)
    assert told.index("登记表") < told.index("答复")
    for text in ("案卷", "李芳", "已经处理。", "谢谢。"):
        assert text in told


def test_each_page_has_its_head_and_its_number():
    made = word.docx(paper(), at=AT)
    with ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        foot = "".join(archive.read(name).decode() for name in names if "footer" in name)
        head = "".join(archive.read(name).decode() for name in names if "header" in name)

    assert "20261121-HL-000001-9" in head
    assert "NUMPAGES" in foot
    assert foot.index("第 ") < foot.index(">PAGE<") < foot.index("页，共")


def test_chinese_has_chinese_type():
    document = opened(paper())

    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"


def test_thirty_pictures_stand_three_in_a_row_with_their_captions():
    photos = tuple(Picture(f"证据 {n}", picture()) for n in range(30))
    document = opened(paper(Part("证据清单", pictures=photos)))

    (cover, grid) = document.tables
    assert (len(cover.rows), len(grid.rows), len(grid.columns)) == (1, 10, 3)
    assert len(document.inline_shapes) == 30
    assert "证据 29" in grid.rows[9].cells[2].text


def test_a_picture_that_is_missing_leaves_its_caption():
    assert "证据 1（图片无法显示）" in words(opened(paper(Part("证据", pictures=(Picture("证据 1（图片无法显示）"),)))))


def test_a_part_with_nothing_in_it_says_so():
    table = Table(("时间",), (), (1,))

    assert "还没有答复。" in words(opened(paper(Part("答复", tables=(table,), empty="还没有答复。"))))


@pytest.mark.parametrize(
    "told", ['<b>粗</b> & "引号" <script>alert(1)</script>', "a\x00b\x0bc\x1f", "\ud800 半个", "W" * 3000]
)
def test_what_citizens_write_is_text_and_nothing_else(told):
    document = opened(paper(Part("事情", (("说", told),), (told,), (Table(("说",), ((told,),), (1,)),))))

    assert word.plain(told) in words(document)


@settings(max_examples=examples(8), deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_file_that_opens(told):
    document = opened(paper(Part(told, ((told, told),), (told,), (), (Picture(told),), (told,), told)))

    assert word.plain(told).split("\n")[0] in words(document)


def test_a_word_longer_than_its_column_may_be_broken():
    normal = opened(paper()).styles["Normal"].element

    assert normal.pPr.find(qn("w:wordWrap")).get(qn("w:val")) == "0"
