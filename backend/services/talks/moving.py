"""A draft moves to another chat by a short code: made here, typed there, used once.

Codes are kept as hashes only, for half an hour. They are random, so a person's
and everybody's wrong tries are limited against guessing: 30^8 codes at 500
tries an hour leave one chance in a thousand million where a hundred are open.
Of two chats that type one at once, one gets the draft (``Drafts.use_code``).
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.services.cases import notices
from backend.services.talks import conversations, drafts
from backend.store.drafts import WRONG
from dialogs.codes import ALPHABET, DIGITS, LENGTH, LETTERS
from dialogs.effects import Discard, MoveDraft, TakeDraft
from dialogs.engine import step
from dialogs.events import DraftMovable, DraftMoved, DraftTaken
from dialogs.messages import Say

if TYPE_CHECKING:
    from datetime import datetime

    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Draft
    from institutions.model import Institution

LASTS = timedelta(minutes=30)
HOUR = timedelta(hours=1)
TRIES, TRIES_OF_ALL = 5, 500
"""Wrong tries in an hour, of one person and of everybody."""


def carry_out(
    work: UnitOfWork,
    institution: Institution,
    person: Person,
    effect: MoveDraft | TakeDraft | Discard,
    *,
    at: datetime,
) -> DraftMovable | DraftTaken | None:
    """Do what the dialog wants done with this person's draft."""
    match effect:
        case MoveDraft():
            return offer(work, institution, person, at=at)
        case TakeDraft(code):
            return take(work, institution, person, code, at=at)
        case Discard():
            drafts.discard(work, person, effect)
    return None


def offer(work: UnitOfWork, institution: Institution, person: Person, *, at: datetime) -> DraftMovable:
    """A new code for what this person is telling; their older ones no longer count."""
    code = new_code(work, f"{institution.id}\n{person.id}\n{at.isoformat()}")
    work.drafts.drop_codes(before=at)
    work.drafts.put_code(_digest(institution, code), institution.id, person.id, expires=at + LASTS)
    half = LENGTH // 2
    return DraftMovable(f"{code[:half]}-{code[half:]}", int(LASTS / timedelta(minutes=1)))


def take(work: UnitOfWork, institution: Institution, person: Person, code: str, *, at: datetime) -> DraftTaken:
    """The draft that the code stands for, out of the other chat, which is told so."""
    mine, everybody = work.people.wrong_claims, work.people.wrong_claims_of
    if mine(person.id, since=at - HOUR) >= TRIES or everybody(WRONG, since=at - HOUR) >= TRIES_OF_ALL:
        return DraftTaken(None, locked=True)
    digest = _digest(institution, code)
    owner = work.drafts.whose_code(digest, at=at)
    if owner == person.id:
        return DraftTaken(None, here=True)
    if owner is None or not work.drafts.use_code(digest):
        work.people.note_wrong_claim(person.id, WRONG, at=at)
        return DraftTaken(None)
    return _moved(work, institution, owner, person, at=at)


def _moved(work: UnitOfWork, institution: Institution, owner: int, person: Person, *, at: datetime) -> DraftTaken:
    """Two chats that take each other's draft at once wait for each other; PostgreSQL ends one, and it is tried again."""
    work.people.lock_known(owner)
    other = work.people.get(owner)
    there = conversations.load(work, other, institution)
    draft = there.draft
    if not draft.values and not draft.evidence:  # filed or dropped meanwhile
        return DraftTaken(None)
    after, effects = step(institution, there, DraftMoved())
    for effect in effects:
        if isinstance(effect, Say):
            form = notices.form_of_draft(institution, "moved", other.language, at=at)
            work.outbox.queue(owner, number=None, kind="nudge", text=effect.text, at=at, fields=form)
    conversations.keep(work, other, institution, after, at=at)
    work.drafts.give_evidence(_files(draft), person.id)
    return DraftTaken(draft, consented=there.consented)


def _files(draft: Draft) -> list[int]:
    return [key for key, _ in draft.evidence]


def new_code(work: UnitOfWork, for_whom: str) -> str:
    """Letters and digits out of the store's own chance, always some of both, so that no word is taken for a code."""
    seed = work.salt() + for_whom.encode()
    while True:
        seed = hashlib.sha256(seed).digest()
        number = int.from_bytes(seed)
        code = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH))
        if set(code) & set(LETTERS) and set(code) & set(DIGITS):
            return code


def _digest(institution: Institution, code: str) -> str:
    return hashlib.sha256(f"{institution.id}\n{code}".encode()).hexdigest()
