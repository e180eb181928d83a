"""People of every kind come to the end they want, at institutions of every kind."""

from __future__ import annotations

import pytest

from backend.store import schema
from backend.store.engine import open_store
from institutions.catalog import load_all
from tests.citizens.player import faults, people, play
from tests.transcripts.play import SALT

PEOPLE = people()
STYLES = {
    "one-shot", "answers-only", "corrects-later", "interrupts", "refuses-name", "abusive", "asks-status",
    "returns-next-day", "two-problems", "emergency", "out-of-scope", "changes-mind-cancel", "photo-first",
    "voice", "english", "elder-dialect", "typos", "traditional-chinese", "location",
}  # fmt: skip
ENOUGH_PEOPLE, ENOUGH_INSTITUTIONS = 24, 16


@pytest.mark.parametrize("citizen", PEOPLE, ids=lambda citizen: citizen.name)
def test_the_citizen_gets_what_they_came_for(citizen):
    store = open_store("sqlite://", salt=lambda: SALT)
    schema.create(store)

    phone = play(citizen, store)

    assert list(faults(citizen, phone)) == [], "\n".join(phone.lines)
    store.close()


def test_the_people_are_of_every_style_and_come_to_many_institutions():
    assert {style for citizen in PEOPLE for style in citizen.style} == STYLES
    assert len(PEOPLE) >= ENOUGH_PEOPLE
    assert len({citizen.at.split()[0] for citizen in PEOPLE} & load_all().keys()) >= ENOUGH_INSTITUTIONS
    assert len({citizen.name for citizen in PEOPLE}) == len(PEOPLE)
