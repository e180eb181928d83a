"""A city's own CSV of places: what is read, and in which words a bad one is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from institutions import places
from institutions.catalog import BUILT_IN, BadInstitution, check_places, load_all, read
from institutions.places import BadPlaces, parse

HEAD = "kind,name,aliases,parent,lat,lon\n"
CITY = (
    HEAD + "district,东城,,,30.1,110.2\nstreet,河街道,,东城,,\ncommunity,柳园,老柳园|纺织厂宿舍,河街道,30.11,110.21\n"
)


def test_a_place_knows_its_aliases_and_all_it_lies_in():
    rows = parse(CITY, "city.csv")

    assert rows[2].aliases == ("老柳园", "纺织厂宿舍")
    assert [rows[at].name for at in rows[2].parents] == ["河街道", "东城"]
    assert (rows[0].lat, rows[1].lat) == (30.1, None)


def test_a_parent_may_stand_after_its_children():
    rows = parse(HEAD + "street,河街道,,东城,,\ndistrict,东城,,,,\n", "city.csv")

    assert rows[0].parents == (1,)


def test_of_two_parents_with_one_name_the_path_tells_which():
    both = HEAD + "district,东城,,,,\ndistrict,西城,,,,\nstreet,河街道,,东城,,\nstreet,河街道,,西城,,\n"

    assert parse(both + "road,柳路,,西城/河街道,,\n", "city.csv")[4].parents == (3, 1)
    with pytest.raises(BadPlaces, match="is said of several"):
        parse(both + "road,柳路,,河街道,,\n", "city.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_as_a_spreadsheet_saves_it(tmp_path, encoding, delimiter):
    file = tmp_path / "city.csv"
    file.write_bytes(CITY.replace(",", delimiter).replace("\n", "\r\n").encode(encoding))

    assert [row.name for row in places.read(file)] == ["东城", "河街道", "柳园"]


BAD = {
    "": "city.csv: line 1, kind: there is no such column",
    "kind,aliases\n": "city.csv: line 1, name: there is no such column",
    HEAD: "city.csv: the file: there is no place in it",
    HEAD + "town,东城,,,,\n": "city.csv: line 2, kind: 'town' is not one of district, street, community, road, poi",
    HEAD + "road,路,,,,\n": "city.csv: line 2, name: '路' is too short",
    HEAD + f"road,{'长' * 41},,,,\n": "is longer than 40 characters",
    HEAD + "road,柳路,,东城,,\n": "city.csv: line 2, parent: there is no '东城' that '柳路' could lie in",
    HEAD + "road,柳路,,,,\nroad,柳路,,,,\n": "city.csv: line 3, name: '柳路' stands there twice, also in line 2",
    HEAD + "road,柳路,,,north,110\n": "city.csv: line 2, lat: 'north' is no number from -90 to 90",
    HEAD + "road,柳路,,,30,\n": "city.csv: line 2, lon: '' is no number",
    HEAD + "road,柳路,,,30,nan\n": "city.csv: line 2, lon: 'nan' is no number",
    HEAD
    + "road,柳路,,榆路,,\nroad,榆路,,柳路,,\n": "city.csv: line 2, parent: these places lie in one another in a circle",
}


@pytest.mark.parametrize(("text", "sentence"), BAD.items())
def test_a_bad_file_is_refused_with_line_column_and_reason(text, sentence):
    with pytest.raises(BadPlaces) as refused:
        parse(text, "city.csv")

    assert sentence in str(refused.value)


def test_a_file_in_no_known_encoding_is_refused_with_its_line(tmp_path):
    file = tmp_path / "city.csv"
    file.write_bytes(HEAD.encode() + b"road,\xff\xff,,,,\n")

    with pytest.raises(BadPlaces, match="line 2: this is neither UTF-8 nor GB18030"):
        places.read(file)


def test_the_example_city_is_large_enough_to_try_everything():
    kinds = Counter(row.kind for row in places.read(BUILT_IN / "places" / "demo_city.csv"))

    assert kinds["district"] >= 8
    assert kinds["street"] >= 60
    assert kinds["community"] >= 300
    assert kinds["road"] >= 400


SCHOOL = """
id = "school"
code = "SC"
name = "学校"
name_en = "School"
accepts = "都可以说。"
accepts_en = "Anything."
default_department = "office"
places = "city.csv"
departments = [{ id = "office", name = "办公室" }]
categories = [{ id = "food", name = "食品", department = "office", words = "虫子:3" }]
clocks = { answer = { label = "答复", stops = ["answered"], length = "7d" } }
"""


def school(folder: Path) -> Path:
    file = folder / "school.toml"
    file.write_text(SCHOOL, encoding="utf-8")
    return file


def test_an_institutions_gazetteer_lies_beside_its_file(tmp_path):
    (tmp_path / "city.csv").write_text(CITY, encoding="utf-8")

    institution = read(school(tmp_path))

    assert Path(institution.places) == (tmp_path / "city.csv").resolve()
    check_places(institution)


def test_a_gazetteer_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInstitution, match=r"school\.toml: places: there is no file 'city\.csv' beside it"):
        read(school(tmp_path))


def test_a_bad_gazetteer_is_told_with_the_institutions_file(tmp_path):
    (tmp_path / "city.csv").write_text(HEAD + "town,东城,,,,\n", encoding="utf-8")

    with pytest.raises(BadInstitution, match=r"school\.toml: places: city\.csv: line 2, kind"):
        check_places(read(school(tmp_path)))


def test_every_gazetteer_that_comes_with_the_program_is_good():
    for institution in load_all().values():
        check_places(institution)
