"""The check finds what is missing in answers that were written with a fault, and keeps quiet about good ones."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from institutions.catalog import load_all
from nlp.answers.check import check
from nlp.answers.heard import Heard

HERE = Path(__file__).parent
INSTITUTIONS = load_all()


def rows(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["answer"]


def checked(row):
    heard = Heard(
        what=row["what"],
        request=row.get("request", ""),
        kind=row.get("kind", "complaint"),
        refused=row.get("refused", False),
        places=tuple(row.get("places", ())),
        days=tuple(date.fromisoformat(day) for day in row.get("days", ())),
        own=tuple(row.get("own", ())),
        others=tuple(row.get("others", ())),
        around=row.get("around", 0),
        remedy_told=row.get("remedy_told", False),
    )
    institution = INSTITUTIONS[row.get("institution", "hotline")]
    return check(
        row["text"],
        heard,
        institution=institution,
        channel=row.get("channel", "wechat"),
        language=row.get("language", "zh"),
    )


def scored(*names):
    """(faults found, faults marked, good answers warned of, good answers, faults in the text of good and bad unmarked)."""
    found = marked = warned = good = 0
    for row in (row for name in names for row in rows(name)):
        left = list(checked(row))
        for fault in row.get("faults", ()):
            key, _, piece = fault.partition(":")
            hit = next((one for one in left if one.key == key and piece in one.quote), None)
            marked, found = marked + 1, found + (hit is not None)
            if hit:
                left.remove(hit)
        if "faults" not in row:
            good, warned = good + 1, warned + bool(left)
    return found, marked, warned, good


@pytest.mark.parametrize("half", ["one", "two", "three"])
def test_nine_of_ten_faults_are_found(half):
    found, marked, _, _ = scored(f"faulty_{half}")

    assert len(rows(f"faulty_{half}")) >= 25
    assert found / marked >= 0.9


@pytest.mark.parametrize("half", ["one", "two", "three"])
def test_at_most_one_good_answer_in_ten_is_warned_of(half):
    _, _, warned, good = scored(f"good_{half}")

    assert good >= 25
    assert warned / good <= 0.1


def test_a_stretch_is_cut_where_it_is_said_to_stand():
    for row in rows("faulty_one"):
        whole = {"answer": row["text"], "what": row["what"], "request": row.get("request", "")}
        for one in checked(row):
            if one.of in whole:
                assert one.quote == whole[one.of][one.start : one.end].strip()


def test_every_caution_says_why_and_what_mends_it_in_both_languages():
    for row in rows("faulty_one"):
        for one in checked(row):
            assert all((one.why, one.why_en, one.mend, one.mend_en))
            assert "{" not in one.why + one.why_en


def test_an_empty_answer_is_no_answer_yet():
    assert check(" \n", Heard(what="路灯不亮，什么时候修好？"), institution=INSTITUTIONS["hotline"]) == ()


def test_what_the_message_has_beside_the_answer_counts_for_its_length():
    heard = Heard(kind="consult", around=100)
    text = "谢谢您。" + "可以办理。" * 102  # 514 characters

    assert "long" in {one.key for one in check(text, heard, institution=INSTITUTIONS["hotline"], channel="wechat")}
    assert "long" not in {
        one.key for one in check(text, heard, institution=INSTITUTIONS["hotline"], channel="telegram")
    }


def test_a_number_that_the_citizen_gave_is_theirs():
    heard = Heard(what="我的电话 138 0013 8000，车牌京B·T1234 被刮", kind="consult")
    text = "您好，我们打了您的电话13800138000，京BT1234的修理费可以由保险付。谢谢。"

    assert not [one for one in check(text, heard, institution=INSTITUTIONS["hotline"]) if one.key == "private"]
