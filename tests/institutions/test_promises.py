"""Which length a promise has: the matter before the category before the kind before the grade; emergencies the shortest."""

import pytest

from institutions.model import Category, Clock, Department, Institution, Matter
from institutions.promises import length_of, promise, shortness


def town() -> Institution:
    leak = Matter(id="leak", name="漏水", clocks={"answer": "2wd"})
    burst = Matter(id="burst", name="爆管", clocks={"answer": "30m"})
    plain = Matter(id="plain", name="其他")
    return Institution(
        id="town",
        code="TW",
        name="小镇",
        name_en="Town",
        accepts="小镇的事",
        accepts_en="Town matters",
        departments=(Department(id="works", name="工务"),),
        categories=(
            Category(id="water", name="水", department="works", matters=(leak, burst, plain), clocks={"answer": "3wd"}),
            Category(id="roads", name="路", department="works"),
        ),
        default_department="works",
        clocks={
            "answer": Clock(
                label="答复",
                stops=("answered",),
                length={"ordinary": "7d", "complex": "15d", "emergency": "2h"},
                by_kind={"consult": "1wd", "help": "1h"},
            ),
            "told": Clock(label="告知", stops=("answered",), length="5wd", kinds=("report",)),
        },
    )


@pytest.mark.parametrize(
    ("matter", "category", "kind", "grade", "expected"),
    [
        ("water/leak", "water", "complaint", "ordinary", ("2wd", "matter")),
        ("water/leak", "water", "consult", "complex", ("2wd", "matter")),
        ("water/plain", "water", "consult", "complex", ("3wd", "category")),
        (None, "water", "complaint", "complex", ("3wd", "category")),
        (None, "roads", "consult", "complex", ("1wd", "kind")),
        (None, "roads", "complaint", "complex", ("15d", "grade")),
        (None, "roads", "complaint", "minor", None),
        (None, "roads", "consult", "minor", ("1wd", "kind")),
        (None, "gone", "complaint", "ordinary", ("7d", "grade")),
    ],
)
def test_what_is_said_of_the_matter_comes_before_category_kind_and_grade(matter, category, kind, grade, expected):
    assert promise(town(), "answer", category_id=category, matter_id=matter, kind=kind, grade=grade) == expected


@pytest.mark.parametrize(
    ("matter", "category", "kind", "expected"),
    [
        ("water/leak", "water", "complaint", ("2h", "grade")),
        ("water/burst", "water", "complaint", ("30m", "matter")),
        (None, "roads", "help", ("1h", "kind")),
        (None, "roads", "consult", ("2h", "grade")),
    ],
)
def test_an_emergency_has_the_shortest_of_all_that_is_said(matter, category, kind, expected):
    assert promise(town(), "answer", category_id=category, matter_id=matter, kind=kind, grade="emergency") == expected


@pytest.mark.parametrize(("kind", "length"), [("report", "5wd"), ("complaint", None)])
def test_a_clock_for_some_kinds_promises_the_others_nothing(kind, length):
    assert length_of(town(), "told", category_id="roads", matter_id=None, kind=kind, grade="ordinary") == length


def test_lengths_are_compared_as_if_all_time_were_worked_and_by_the_clock_is_shorter():
    assert sorted(["1wd", "24h", "25h", "30m", "2wh", "1d"], key=shortness) == ["30m", "2wh", "24h", "1d", "1wd", "25h"]


@pytest.mark.parametrize("length", ["soon", "", "5 d"])
def test_what_is_no_length_cannot_be_compared(length):
    with pytest.raises(ValueError):
        shortness(length)
