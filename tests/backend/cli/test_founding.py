"""A new institution begins as a good file, under an id and letters that nobody has."""

from __future__ import annotations

import pytest

from backend.cli.founding import free_code
from institutions.catalog import load_all


def test_it_stands_in_this_folder_and_is_good(jiesu, tmp_path):
    ended = jiesu("new-institution", "bakery")

    assert ended.out.startswith("ok     bakery.toml: its case numbers have BA;")
    assert jiesu("check-institution", "bakery.toml").code == 0


def test_a_file_that_is_there_is_left_alone(jiesu, tmp_path):
    (tmp_path / "bakery.toml").write_text("mine")

    ended = jiesu("new-institution", "bakery")

    assert (ended.code, ended.err) == (
        1,
        "jiesu: bakery.toml is there already; choose another id, or remove it\n",
    )
    assert (tmp_path / "bakery.toml").read_text() == "mine"


@pytest.mark.parametrize(("key", "code"), [("Bakery", 2), ("面包", 2), ("../x", 2), ("hotline", 1)])
def test_an_id_that_cannot_be_is_refused(jiesu, tmp_path, key, code):
    ended = jiesu("new-institution", key)

    assert (ended.code, ended.out) == (code, "")
    assert list(tmp_path.iterdir()) == []


def test_letters_that_somebody_has_are_not_given_again():
    taken = {one.code for one in load_all().values()}

    assert free_code("hotline", taken) not in taken
    assert free_code("x", {"AA"}) == "AB"


def test_an_institution_of_ones_own_is_there_and_may_replace_a_built_in_one(jiesu, tmp_path):
    (tmp_path / "jiesu.toml").write_text('institutions = "own"\ninstitution = "bakery"\n')
    (tmp_path / "own").mkdir()
    jiesu("new-institution", "bakery")
    (tmp_path / "bakery.toml").rename(tmp_path / "own" / "bakery.toml")

    assert '"质量部"' in jiesu("classify", "面包里有异物").out
    assert "bakery" in jiesu("classify", "面包", "--institution", "nope").err
    assert jiesu("new-institution", "bakery").err.startswith("jiesu: there is an institution 'bakery' already")


def test_a_bad_file_or_letters_that_another_has_or_no_folder_stop_the_start(jiesu, tmp_path):
    (tmp_path / "jiesu.toml").write_text('institutions = "own"\n')
    assert "/own: there is no such folder" in jiesu("doctor").out

    (tmp_path / "own").mkdir()
    jiesu("new-institution", "bakery")
    bakery = (tmp_path / "bakery.toml").read_text(encoding="utf-8")
    (tmp_path / "own" / "bakery.toml").write_text(bakery.replace('"BA"', '"HL"'), encoding="utf-8")
    assert "bakery.toml: code: 'HL' is already the code of hotline" in jiesu("doctor").out

    (tmp_path / "own" / "bakery.toml").write_text("id = 1")
    assert "WRONG  institutions: bakery.toml: " in jiesu("doctor").out
