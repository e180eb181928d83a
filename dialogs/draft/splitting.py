"""Two matters told at once become two cases, where the citizen agrees: one after the other, nothing asked twice.

What is told of neither in particular (who, which phone, the place before both)
holds for both. The later ones wait in ``Conversation.waiting``; they follow
each receipt, and are put by when the one before them ends in any other way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dialogs.conversation import Draft, Kept, Stage
from dialogs.draft import asking, drafting, matters, noting, twofold
from dialogs.draft.filling import absorb
from dialogs.events import CaseFiled, Heard, Joined
from dialogs.messages import Say
from dialogs.wording import phrase
from nlp.understand import understand

if TYPE_CHECKING:
    from datetime import datetime

    from dialogs.conversation import Conversation
    from dialogs.events import Event
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

ASKED = "matters"
"""The key under which it is counted how often the question was answered with something else."""
PERSONS = frozenset({"who", "contact", "anonymous"})
"""What is the same in every case of one citizen."""
OF_ONE = frozenset({"what", "target", "request"})
"""What is never the same in two."""
SAME_PLACE = re.compile(
    r"小区|楼[下上道里]|电梯|物业|门口|院里|这[里边儿]|我们?家?楼|我家|单元|同一|\b(?:here|also|same|our|downstairs)\b"
)
"""Words with which a matter that names no place points at the one named before."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """The answer; something else is a fact, and the question is put once more, then they stay one."""
    if not now.draft.matters:
        return twofold.take(institution, now, heard, word)
    match matters.decided(heard.text, word):
        case matters.APART:
            return _apart(institution, now, heard)
        case matters.ONE:
            return _as_one(institution, now, phrase(now.language, "split.one.done"))
    told = noting.gathered(institution, now, heard)
    lead = noting.lead(now, heard, told.draft)
    if told.draft.tries.get(ASKED):
        return _as_one(institution, told, *lead)
    draft = replace(told.draft, tries={**told.draft.tries, ASKED: 1})
    return drafting.go_on(institution, replace(told, draft=draft), *lead)


def take_any(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """A message or choice while a draft is open, of which it may not be settled yet whether it is one matter."""
    return (take if now.stage is Stage.SPLITTING else drafting.take)(institution, now, heard, word)


def followed(institution: Institution, before: Conversation, event: Event, result: Result) -> Result:
    """What comes after a matter that has another behind it: the other one, or it is put by until asked for."""
    now, effects = result
    if not now.waiting or now.stage is not Stage.IDLE:
        return result
    first, *others = now.waiting
    begun = replace(first, begun=now.heard_at)
    ended = isinstance(event, CaseFiled) or (isinstance(event, Joined) and event.case is not None)
    filed = ended and not before.unfinished
    if filed and not (before.alarm and before.alarm.filing):
        if first.twin:
            return _after(institution, replace(now, waiting=tuple(others)), begun, before, result)
        draft = _with_persons(begun, before.draft)
        lead = phrase(now.language, "split.next", what=matters.brief(str(first.values.get("what", ""))))
        noted = asking.remark(now.language, Draft({"what": first.values.get("what")}), draft)
        on, said = drafting.go_on(institution, replace(now, draft=draft, waiting=tuple(others)), lead, noted)
        return on, (*effects, *said)
    kept = tuple(Kept(replace(draft, begun=now.heard_at), now.heard_at) for draft in reversed(now.waiting))
    key = f"kinds.kept.{first.kind}" if first.twin else "split.kept"
    words = phrase(now.language, key, what=matters.brief(str(first.values.get("what", ""))))
    told = replace(now, waiting=(), shelf=(*now.shelf, *kept))
    if any(isinstance(effect, Say) for effect in effects):
        return told, (*effects, Say(words))
    return told, effects


def _after(institution: Institution, now: Conversation, waited: Draft, before: Conversation, result: Result) -> Result:
    """The other kind of the same facts, once the first has its number."""
    draft = twofold.twin(institution, waited, before.draft, result[0].number)
    on, said = drafting.go_on(institution, replace(now, draft=draft), phrase(now.language, f"kinds.next.{draft.kind}"))
    return on, (*result[1], *said)


def _apart(institution: Institution, now: Conversation, heard: Heard) -> Result:
    first, *others = _drafts(institution, now.draft, heard.at)
    kept = replace(now.draft, matters=(), kinds=first.kinds, values=first.values, proposal=first.proposal)
    kept = replace(kept, kind=first.kind)
    split = replace(now, stage=Stage.IDLE, draft=replace(kept, grade=first.grade), waiting=(*others, *now.waiting))
    said = phrase(now.language, "split.apart.done", what=matters.brief(now.draft.matters[0]))
    return drafting.go_on(institution, split, said)


def _as_one(institution: Institution, now: Conversation, *lead: str) -> Result:
    one = replace(now, stage=Stage.IDLE, draft=replace(now.draft, matters=()))
    return drafting.go_on(institution, one, *lead)


def _drafts(institution: Institution, whole: Draft, at: datetime) -> list[Draft]:
    """One draft for each matter, with what is common to all."""
    parts = [_alone(institution, words, at) for words in whole.matters]
    shared = {key: value for key, value in whole.values.items() if key in PERSONS or _is_common(key, value, whole)}
    drafts = []
    for words, part in zip(whole.matters, parts, strict=True):
        values = {
            **shared,
            **part.values,
            "what": matters.bare(words) if part is not parts[0] else matters.unmarked(words),
        }
        if "where" not in values and "where" in whole.values and SAME_PLACE.search(words):
            values["where"] = whole.values["where"]
        drafts.append(replace(part, values={**values, **{k: v for k, v in shared.items() if k in PERSONS}}))
    return drafts


def _is_common(key: str, value: Any, whole: Draft) -> bool:
    """Whether this was told of no matter in particular: in another message, or in the words before the first."""
    if key in OF_ONE:
        return False
    text = str(value.get("text", "")) if isinstance(value, dict) else str(value)
    return not any(text in matters.bare(words) for words in whole.matters)


def _alone(institution: Institution, words: str, at: datetime) -> Draft:
    """The draft that these words would have begun."""
    local = at.astimezone(ZoneInfo(institution.timezone))
    text = matters.bare(words)
    heard = Heard(text, understand(text, now=local, institution=institution), at)
    draft = absorb(Draft(), heard, institution)
    return replace(draft, kinds=matters.kinds(institution, draft, heard, first=True))


def _with_persons(draft: Draft, filed: Draft) -> Draft:
    """The draft with who tells it, as the case before has it: neither is asked for again."""
    values = {key: value for key, value in filed.values.items() if key in PERSONS}
    skipped = tuple(key for key in filed.skipped if key in PERSONS and key not in draft.values)
    return replace(draft, values={**draft.values, **values}, skipped=tuple(dict.fromkeys((*draft.skipped, *skipped))))
