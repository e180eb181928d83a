"""Tables that people bring, in every form that spreadsheets give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cli import tables
from backend.cli.errors import Refused, WrongUse

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_however_it_was_saved(tmp_path, encoding):
    path = tmp_path / "t.csv"
    path.write_bytes('编号,内容\r\n1,"路灯坏了,\n三天没亮"\r\n\r\n2,停水\r\n'.encode(encoding))

    read = tables.table(str(path), ["内容"])

    assert read.rows == [{"编号": "1", "内容": "路灯坏了,\n三天没亮"}, {"编号": "2", "内容": "停水"}]
    assert (read.columns, read.lines, read.encoding) == (("编号", "内容"), [2, 5], encoding)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_is_written_is_read_again(tmp_path_factory, pairs, encoding):
    path = str(tmp_path_factory.mktemp("tables") / "t.csv")
    rows = [{"甲": f"x{first}", "乙": second} for first, second in pairs]

    tables.write(path, ["甲", "乙"], rows, encoding=encoding)

    assert tables.read(path, ["甲", "乙"]) == rows


def test_a_short_row_is_filled_up(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1\n")

    assert tables.read(str(path), ["a"]) == [{"a": "1", "b": ""}]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty; give it a line of column names"),
        (b"\n\n", "is empty; "),
        (b"a,b\n", "has column names and no row"),
        (b"b,c\n1,2\n", "has no column a; choose among those it has: b, c"),
        (b"a,a\n1,2\n", "has the column a twice"),
        (b"a\n1,2\n", "line 2 has 2 fields, its header 1"),
        (b"a\n1\n2\x003\n", "line 3 holds a NUL"),
        (b'a\n1\n"2\n3\n', "cannot be read from line 3 on"),
        (b"a\n\xff\xff\n", "is neither UTF-8 nor GB18030"),
        ("a,b\n1,2\n".encode("utf-16"), "is in UTF-16; save it as CSV in UTF-8"),
        (b"a,,\n1,2,3\n", "has 2 columns without a name; name them"),
        (b"b;a\n1;2\n", "is separated by semicolons; save it as CSV with commas"),
        (b"b\ta\n1\t2\n", "is separated by tabs"),
    ],
)
def test_what_is_wrong_with_a_table_is_one_sentence(tmp_path, data, said):
    path = tmp_path / "t.csv"
    path.write_bytes(data)

    with pytest.raises(WrongUse, match=said):
        tables.table(str(path), ["a"])


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WrongUse, match=r"none\.csv cannot be read \(No such file"):
        tables.read(str(tmp_path / "none.csv"), [])


@pytest.mark.parametrize("ask", [tables.require_place, lambda path: tables.save(path, b"x")])
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none/out.csv", "No such file or directory"),
        (".", "Is a directory"),
        ("in.csv/out.csv", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_named(tmp_path, ask, name, why):
    (tmp_path / "in.csv").write_text("a\n1\n")

    with pytest.raises(Refused, match=rf"cannot be written \({why}\); choose another place"):
        ask(str(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_what_a_link_points_to_is_written(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real.csv")

    tables.require_place(str(tmp_path / "link"))
    tables.save(str(tmp_path / "link"), b"x")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"x"
