"""The check finds what is missing in answers that were written with a fault, and keeps quiet about good ones."""

from __future__ import annotations

import pytest

from institutions.catalog import load_all
from nlp.answers.check import check
from nlp.answers.heard import Heard
from scripts.evaluation.answers import checked, rows, seen

INSTITUTIONS = load_all()
PARTS = ["one", "two", "three", "four", "five", "six"]


def scored(part):
    """(faults found, faults marked, good answers warned of, good answers)."""
    hits = [seen(row["faults"], checked(row, INSTITUTIONS)) for row in rows(f"faulty_{part}")]
    good = [bool(checked(row, INSTITUTIONS)) for row in rows(f"good_{part}")]
    return sum(hit for hit, _ in hits), sum(of for _, of in hits), sum(good), len(good)


@pytest.mark.parametrize("part", PARTS)
def test_nine_of_ten_faults_are_found(part):
    found, marked, _, _ = scored(part)

    assert found / marked >= 0.9


@pytest.mark.parametrize("part", PARTS)
def test_at_most_one_good_answer_in_ten_is_warned_of(part):
    _, _, warned, good = scored(part)

    assert warned / good <= 0.1


def test_there_are_sixty_of_each_at_least():
    assert sum(len(rows(f"faulty_{part}")) for part in PARTS) >= 60
    assert sum(len(rows(f"good_{part}")) for part in PARTS) >= 60


def test_a_stretch_is_cut_where_it_is_said_to_stand():
    for row in rows("faulty_one"):
        whole = {"answer": row["text"], "what": row["what"], "request": row.get("request", "")}
        for one in checked(row, INSTITUTIONS):
            if one.of in whole:
                assert one.quote == whole[one.of][one.start : one.end].strip()


def test_every_caution_says_why_and_what_mends_it_in_both_languages():
    for row in rows("faulty_one"):
        for one in checked(row, INSTITUTIONS):
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
