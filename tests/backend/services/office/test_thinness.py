"""What is thin of an institution is told by its key; a whole one is told nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.domain.lifecycle import CORE, Status, moves
from backend.services.office.thinness import thin
from institutions.casework import Casework, Reply
from institutions.catalog import load_all

if TYPE_CHECKING:
    from institutions.model import Institution

BANK = load_all()["bank"]


def keys(institution: Institution) -> set[str]:
    return {key for key, _ in thin(institution)}


def without(**changes: object) -> Institution:
    return BANK.model_copy(update=changes)


def reply(text: str) -> Institution:
    rows = (*BANK.casework.replies, Reply(id="new", name="新", text=text, text_en=text))
    return without(casework=BANK.casework.model_copy(update={"replies": rows}))


def test_nothing_is_thin_about_a_whole_institution() -> None:
    assert thin(BANK) == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"faq": BANK.faq[:7]}, "faq"),
        ({"elsewhere": ()}, "elsewhere"),
        ({"casework": Casework()}, "casework.replies"),
        ({"default_department": "consumer", "categories": BANK.categories[:1]}, "departments cards"),
        ({"stages": tuple(one for one in BANK.stages if one != "appealed")}, "stages appealed"),
        ({"stages": tuple(one for one in BANK.stages if one != "archived")}, "stages"),
        ({"clocks": {name: one for name, one in BANK.clocks.items() if name != "answer"}}, "clocks.answer"),
    ],
)
def test_what_is_missing_is_told(changes: dict[str, object], key: str) -> None:
    assert key in keys(without(**changes))


def test_a_clock_that_nothing_stops_or_starts_is_told() -> None:
    clock = BANK.clocks["appeal"].model_copy(update={"starts": "planned", "stops": ("suspended",)})

    found = keys(without(clocks=BANK.clocks | {"appeal": clock}))

    assert {"clocks.appeal.stops", "clocks.appeal.starts"} <= found


def test_a_grade_without_a_promise_is_told() -> None:
    clock = BANK.clocks["answer"].model_copy(update={"length": {"urgent": "1d"}})

    told = dict(thin(without(clocks=BANK.clocks | {"answer": clock})))

    assert told["clocks.answer.length"] == "no answer is promised for complex, emergency, minor, ordinary"


def test_a_phrasing_that_finds_another_question_is_told_with_what_it_finds() -> None:
    first, second, *rest = BANK.faq
    crossed = first.model_copy(update={"asks": (*first.asks, second.asks[0])})

    told = thin(without(faq=(crossed, second, *rest)))

    assert (f"faq {second.id}.asks", f"{second.asks[0]!r} finds {first.id}") in told


@pytest.mark.parametrize("stage", sorted({*Status} - CORE))
def test_whatever_stage_is_switched_on_a_case_can_get_there(stage: Status) -> None:
    alone = without(stages=(stage.value,), casework=Casework())

    assert stage in {to for status, to, _ in moves(alone) if status in CORE}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("您的{nummber}好了。", "there is no fact {nummber}"),
        ("您的{number好了。", "a brace { or } stands alone"),
        ("我们会及时处理。", "'及时处理' is no word of a kind clerk"),
    ],
)
def test_a_reply_that_cannot_or_should_not_be_said_is_told(text: str, words: str) -> None:
    told = " ".join(finding for key, finding in thin(reply(text)) if key.startswith("casework.replies new"))

    assert words in told
