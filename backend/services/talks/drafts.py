"""Drafts that their citizens have left: reminded, warned, closed and in the end deleted, each in one unit.

When, backend/domain/drafts.py plans; what is said, the dialog. Here it is
looked up who it is due for, whether they may be written to now, and what is
deleted with what was never registered.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain import drafts
from backend.domain.drafts import Step
from backend.services.cases import notices
from backend.services.talks import conversations, records
from dialogs.effects import Discard
from dialogs.engine import step
from dialogs.events import DraftDue
from dialogs.messages import Say
from institutions.drafts import length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.drafts import Due, Standing
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Conversation
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]
    Windows = Mapping[str, timedelta | None]
    """How long after a citizen's last word each channel lets us write to them; None: always."""

PUT_OFF = timedelta(hours=1)


def waiting(work: UnitOfWork, *, at: datetime) -> list[tuple[int, str]]:
    """Person and institution of the conversations for which something is due."""
    return work.drafts.due(at)


def turn(
    work: UnitOfWork, institutions: Institutions, windows: Windows, key: tuple[int, str], *, at: datetime
) -> Step | None:
    """Do what is due in one conversation, and say it where we may; None: nothing was, or not yet."""
    person_id, name = key
    institution = institutions.get(name)
    if institution is None:  # taken out of service: its conversations stay as they are
        work.drafts.set_due(person_id, name, None)
        return None
    work.people.lock_known(person_id)  # then look again: they may have written meanwhile
    person = work.people.get(person_id)
    now = conversations.load(work, person, institution)
    if now.album is not None:  # backend/services/talks/albums.py answers it first
        return None
    since = work.drafts.told_at(person_id, name) or at
    standing = conversations.standing(now, since=since)
    due = _latest(standing, institution, at)
    zone = ZoneInfo(institution.timezone)
    if due is None or due.at > at:
        work.drafts.set_due(person_id, name, due.at if due else None)
        return None
    if due.step is not Step.ERASE and (morning := drafts.by_day(at, institution.drafts, zone)) > at:
        work.drafts.set_due(person_id, name, morning)
        return None
    told = drafts.free(at, standing.heard_at, windows.get(person.channel))
    _do(work, institution, person, now, _event(due.step, standing, institution, at=at, told=told), told=told, at=at)
    return due.step


def put_off(work: UnitOfWork, key: tuple[int, str], *, at: datetime) -> None:
    """Something is wrong with that conversation: look at it again later."""
    work.drafts.set_due(*key, at + PUT_OFF)


def discard(work: UnitOfWork, person: Person, effect: Discard) -> None:
    """Delete files and words that never became a case."""
    work.drafts.drop_evidence(effect.evidence, person.id)
    if effect.begun:
        since = datetime.fromisoformat(effect.begun)
        work.forgetting.erase_words(person.id, since=since, upto=effect.upto, keep=records.of(work, person.id))


def _latest(standing: Standing, institution: Institution, at: datetime) -> Due | None:
    """The next step; a reminder that would come together with the warning is left out."""
    zone, patience = ZoneInfo(institution.timezone), institution.drafts
    due = drafts.next_step(standing, patience, zone)
    closes = drafts.closing(standing.heard_at, patience)
    if due is not None and due.step is Step.NUDGE and at >= closes - length(patience.warn_before):
        return drafts.Due(Step.WARN, due.at)
    return due


def _event(what: Step, standing: Standing, institution: Institution, *, at: datetime, told: bool) -> DraftDue:
    patience = institution.drafts
    closes = standing.closes_at or drafts.closing(standing.heard_at, patience)
    match what:
        case Step.WARN if told:  # whoever is warned has the whole time that we promise
            return DraftDue(what, at, max(closes, at + length(patience.warn_before)))
        case Step.NUDGE | Step.WARN:
            return DraftDue(what, at, closes)
        case _:
            return DraftDue(what, at, at + length(patience.keep))


def _do(
    work: UnitOfWork,
    institution: Institution,
    person: Person,
    now: Conversation,
    event: DraftDue,
    *,
    told: bool,
    at: datetime,
) -> None:
    after, effects = step(institution, now, event)
    for effect in effects:
        if isinstance(effect, Say):
            choices = [{"id": choice.id, "label": choice.label} for choice in effect.choices]
            if told:
                form = notices.form_of_draft(institution, "left", person.language, at=at)
                work.outbox.queue(
                    person.id, number=None, kind="nudge", text=effect.text, choices=choices, at=at, fields=form
                )
        elif isinstance(effect, Discard):
            discard(work, person, effect)
    conversations.keep(work, person, institution, after, at=at)
