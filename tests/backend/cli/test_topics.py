"""Hot topics of a file and of the store."""

from __future__ import annotations

import csv
import json

import pytest

from backend.store.engine import open_store
from tests.backend.store.samples import a_case, a_citizen

COLUMNS = ("编号", "时间", "标题", "内容")
ROWS = [
    ("1", "2026-03-01 09:00:00", "柳河新城搅拌站噪音", "柳河新城小区旁边的搅拌站夜里轰鸣,灰尘很大。"),
    ("2", "2026/3/2 8:30", "搅拌站扰民", "柳河新城小区附近新建了搅拌站,噪音和粉尘严重。"),
    ("3", "2026-03-05", "柳河新城搅拌站粉尘", "搅拌站离柳河新城不到一百米,\n每天粉尘飞扬,噪音扰民。"),
    ("4", "2026-03-04 10:00:00", "公交车太少", "12路公交车要等四十分钟。"),
]
OPTIONS = ("--text", "标题", "--text", "内容", "--time", "时间", "--id", "编号")


@pytest.fixture
def letters(tmp_path):
    def written(rows=ROWS, encoding="utf-8"):
        with (tmp_path / "letters.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
        return "letters.csv"

    return written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_topics_of_a_file_are_told_as_json(jiesu, letters, encoding):
    ended = jiesu("hot", "--csv", letters(encoding=encoding), *OPTIONS, "--json")

    (topic,) = json.loads(ended.out)
    assert list(topic) == ["place", "matter", "voices", "first", "last", "ids"]
    assert (topic["place"], topic["voices"], topic["ids"]) == ("柳河新城", 3, ["1", "2", "3"])
    assert (topic["first"], topic["last"]) == ("2026-03-01T09:00:00+08:00", "2026-03-05T00:00:00+08:00")


def test_only_letters_of_the_days_asked_for_are_read(jiesu, letters):
    ended = jiesu("hot", "--csv", letters(), *OPTIONS, "--json", "--since", "2026-03-02", "--until", "2026-03-05")

    assert [topic["ids"] for topic in json.loads(ended.out)] == [["2", "3"]]


def test_without_json_it_is_a_table(jiesu, letters):
    heading, line = jiesu("hot", "--csv", letters(), *OPTIONS).out.splitlines()

    assert heading.split() == ["voices", "first", "last", "place", "matter"]
    assert line.split()[:4] == ["3", "2026-03-01", "2026-03-05", "柳河新城"]


def test_where_nobody_agrees_nothing_is_listed(jiesu, letters):
    ended = jiesu("hot", "--csv", letters(ROWS[2:]), *OPTIONS)

    assert (ended.code, ended.out, ended.err) == (0, "", "no topic has two voices\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--text", "内容", "--time", "时间"), "--id is missing"),
        (("--text", "a", "--text", "b", "--text", "c", "--time", "时间", "--id", "编号"), "more than twice"),
        (("--text", "正文", "--time", "时间", "--id", "编号"), "正文"),
        ((*OPTIONS, "--since", "gestern"), "--since 'gestern' is no day"),
        ((*OPTIONS, "--until", "9999-12-31"), "--until '9999-12-31' is no day"),
        ((*OPTIONS, "--since", "2026-03-02", "--until", "2026-03-01"), "--until 2026-03-01 is before --since"),
    ],
)
def test_wrong_use_is_one_sentence(jiesu, letters, words, told):
    ended = jiesu("hot", "--csv", letters(), *words)

    assert ended.code == 2
    assert told in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("time", ["gestern", "", "2026-13-01", "2026-01-01 25:00", "2026-01-01 8:00x"])
def test_a_time_that_is_none_is_named_with_its_line(jiesu, letters, time):
    ended = jiesu("hot", "--csv", letters([*ROWS[:1], ("5", time, "路灯", "路灯不亮")]), *OPTIONS)

    assert ended.code == 2
    assert "letters.csv line 3, column 时间" in ended.err


def test_a_letter_without_an_id_is_named_with_its_line(jiesu, letters):
    ended = jiesu("hot", "--csv", letters([*ROWS[:1], ("", "2026-03-01", "路灯", "路灯不亮")]), *OPTIONS)

    assert ended.code == 2
    assert "line 3, column 编号: the id is missing; give every letter one of its own" in ended.err


def test_columns_without_a_file_are_wrong_use(jiesu):
    assert jiesu("hot", "--time", "时间").code == 2


def test_a_file_that_is_not_there_is_one_sentence(jiesu):
    ended = jiesu("hot", "--csv", "none.csv", *OPTIONS)

    assert ended.code == 2
    assert "none.csv" in ended.err


def file_cases(work):
    told = [row[3] for row in ROWS]
    for number, what in enumerate(told, start=1):
        citizen = a_citizen(work, f"c{min(number, 2)}")
        facts = {"who": {"name": "李敏", "contact": "13800138000"}, "what": f"{what}请打13800138000", "where": None}
        case = a_case(f"20260302-HL-{number:06}-0", person=citizen.id, facts=facts)
        work.cases.add(case, day=case.filed_at.date())


def test_without_a_file_the_cases_of_the_store_are_read_and_each_citizen_is_one_voice(migrated):
    store = open_store("sqlite:///var/jiesu.db")
    store.run_now(file_cases)
    store.close()

    (topic,) = json.loads(migrated("hot", "--json").out)

    assert (topic["voices"], len(topic["ids"])) == (2, 3)
    assert not any(private in topic["matter"] for private in ("李敏", "138"))


def test_an_empty_store_has_no_topics(migrated):
    assert migrated("hot", "--json").out == "[]\n"
