"""What every institution has to say for itself: its questions are found however they are put, and no other text is one.

All 28 together: eight questions in five phrasings each, three matters of other
doors, six replies to begin an answer with.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogs.wording.plain import faults, fields
from institutions.catalog import BUILT_IN, load_all
from nlp.questions import faq

if TYPE_CHECKING:
    from institutions.guidance import Faq
    from institutions.model import Institution

ALL = load_all()
UNRELATED = tomllib.loads((Path(__file__).parent / "unrelated.toml").read_text(encoding="utf-8"))["asked"]
KNOWN = {"number", "what", "where", "department", "filed", "due", "name", "review"}
QUESTIONS, PHRASINGS, DOORS, REPLIES = 8, 5, 3, 6
FOUND, WRONG = 0.75, 0.05
"""Of the phrasings of an institution, each hidden from it: so many are found all the same, so many taken for another."""


@dataclass(frozen=True)
class Hidden:
    """A phrasing, and the institution that does not know it."""

    row: str
    text: str
    institution: Institution


def own(text: str, institution: Institution) -> list[str]:
    """The institution's own questions that *text* is taken for."""
    ids = {row.id for row in institution.faq}
    return [one.topic for one in faq.parted(text, institution).asked if one.topic in ids]


def hidden(institution: Institution) -> list[Hidden]:
    return [
        Hidden(row.id, text, institution.model_copy(update={"faq": without(institution.faq, row, text)}))
        for row in institution.faq
        for text in row.asks
    ]


def without(rows: tuple[Faq, ...], row: Faq, text: str) -> tuple[Faq, ...]:
    rest = row.model_copy(update={"asks": tuple(one for one in row.asks if one != text)})
    return tuple(rest if one is row else one for one in rows)


@pytest.fixture(params=ALL)
def institution(request: pytest.FixtureRequest) -> Institution:
    return ALL[request.param]


def test_every_phrasing_asked_alone_gets_its_own_answer_and_nothing_is_left(institution: Institution) -> None:
    asked = {text: row.id for row in institution.faq for text in row.asks}

    assert {text: own(text, institution) for text in asked} == {text: [key] for text, key in asked.items()}
    assert [text for text in asked if faq.parted(text, institution).rest] == []


def test_a_phrasing_that_the_file_does_not_hold_is_mostly_found_too(institution: Institution) -> None:
    found = {one.text: (own(one.text, one.institution), one.row) for one in hidden(institution)}

    missed = [text for text, (got, meant) in found.items() if got == []]
    wrong = [text for text, (got, meant) in found.items() if got and got != [meant]]
    assert len(wrong) <= WRONG * len(found), wrong
    assert len(found) - len(missed) - len(wrong) >= FOUND * len(found), (missed, wrong)


@pytest.mark.parametrize("key", ALL)
def test_what_has_nothing_to_do_with_it_is_none_of_its_questions(key: str) -> None:
    assert {text: got for text in UNRELATED if (got := own(text, ALL[key]))} == {}


def test_there_are_forty_unrelated_questions() -> None:
    assert len(set(UNRELATED)) == 40


def test_it_has_eight_questions_in_five_phrasings_three_doors_and_six_replies(institution: Institution) -> None:
    file = tomllib.loads((BUILT_IN / f"{institution.id}.toml").read_text(encoding="utf-8"))

    assert len(institution.faq) >= QUESTIONS
    assert [row.id for row in institution.faq if len(set(row.asks)) < PHRASINGS] == []
    assert len(file["elsewhere"]) >= DOORS
    assert len(institution.casework.replies) >= REPLIES


def test_no_phrasing_stands_under_two_questions(institution: Institution) -> None:
    texts = [text for row in institution.faq for text in row.asks]

    assert len(texts) == len(set(texts))


def test_its_replies_tell_only_what_a_case_knows_in_short_plain_sentences(institution: Institution) -> None:
    replies = institution.casework.replies

    assert [reply.id for reply in replies if (fields(reply.text) | fields(reply.text_en)) - KNOWN] == []
    assert [reply.id for reply in replies if fields(reply.text) != fields(reply.text_en)] == []
    assert [fault for one in replies for fault in [*faults("zh", one.text), *faults("en", one.text_en)]] == []
    assert all(reply.text_en and reply.name_en for reply in replies)


def test_its_grounds_verdicts_and_outcomes_are_named_in_both_languages(institution: Institution) -> None:
    rows = institution.casework
    lists = (*rows.grounds, *rows.verdicts, *rows.outcomes)

    assert [row.id for row in lists if not row.name_en] == []
    assert [fault for one in rows.grounds for fault in [*faults("zh", one.say), *faults("en", one.say_en)]] == []
    assert all(ground.say_en for ground in rows.grounds)
