"""Photos that came together are answered once, as soon as no more come: see dialogs/draft/albums.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.services.talks import conversations, intake
from dialogs.draft import albums
from dialogs.events import Heard
from dialogs.filed import survey
from nlp.facts import Facts, Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

NOTHING = Facts(Proposal((), (), 0.0, decided=False))


def waiting(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> list[tuple[int, str]]:
    """Person and institution of the conversations whose photos wait for their answer by then."""
    keys = [key for key in work.drafts.due(at) if key[1] in institutions]
    return [key for key in keys if (work.people.conversation(*key) or {}).get("album")]


def turn(work: UnitOfWork, institutions: Institutions, key: tuple[int, str], *, at: datetime) -> bool:
    """Answer what is held in one conversation; False: nothing is, or more is still coming."""
    person_id, name = key
    institution = institutions[name]
    work.people.lock_known(person_id)  # then look again: they may have written meanwhile
    person = work.people.get(person_id)
    now = conversations.load(work, person, institution)
    when = albums.due(now)
    if now.album is None or when is None or when > at:
        return False
    mine = conversations.briefs(work, institutions, person)
    like = albums.bare(Heard("", NOTHING, at, mine=mine, language=person.language))
    event = albums.whole(now.album, institution, at=at, like=like)
    told = survey.theirs(replace(now, album=None), mine)
    told, bubbles = intake.respond(work, institutions, person, told, event, institution=institution, at=at)
    conversations.keep(work, person, institution, told, at=at)
    for say in bubbles:
        choices = [{"id": choice.id, "label": choice.label} for choice in say.choices]
        work.outbox.queue(person.id, number=None, kind="reply", text=say.text, choices=choices, at=at)
    return True
