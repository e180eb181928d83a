"""The counts that conversations keep are taken out and added up: when a draft ends, and when its citizen is silent.

A turn writes nothing for it but the conversation itself; the sums are written
once a draft, in the same transaction as its end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs import steps
from dialogs.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

SILENCE = timedelta(hours=24)
"""Whoever has said nothing for so long counts as gone, until they say something."""


def taken_out(
    work: UnitOfWork, person: Person, institution: Institution, now: Conversation, *, at: datetime
) -> Conversation:
    """The conversation without its counts, where no question is open any more and they are added up; else as it is."""
    walk = now.walk
    if not walk.tally or (walk.at and not walk.left):
        return now
    day = at.astimezone(ZoneInfo(institution.timezone)).date()
    work.steps.add(institution.id, day, person.channel, walk.tally)
    return replace(now, walk=replace(walk, tally=()))


def silent(work: UnitOfWork, *, at: datetime) -> list[tuple[int, str]]:
    """Person and institution of the conversations whose citizen has been silent for so long."""
    return work.steps.silent(at - SILENCE)


def note_silence(
    work: UnitOfWork, institutions: Mapping[str, Institution], key: tuple[int, str], *, at: datetime
) -> bool:
    """Count that citizen as gone; False: they have written meanwhile, or the institution is served no more."""
    person_id, name = key
    institution = institutions.get(name)
    if institution is None:
        return False
    work.people.lock_known(person_id)
    state, told = work.people.conversation(person_id, name), work.drafts.told_at(person_id, name)
    now = Conversation.from_json(state) if state else Conversation()
    if told is None or told > at - SILENCE or not now.walk.at or now.walk.left:
        return False
    person = work.people.get(person_id)
    counted = taken_out(work, person, institution, steps.silent(now), at=at)
    work.people.save_conversation(person_id, name, counted.to_json(), at=told)
    return True
