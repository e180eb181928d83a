"""Words from somebody who has a case: more about it, not solved after all, or a new matter? Asked once.

The draft of a new matter is begun with the first word and dropped if it was
not needed, so that nothing has to be said again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import asking, drafting, noting
from dialogs.effects import Add, Appeal, Reopen
from dialogs.filed import status
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import Brief, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

RECENT = timedelta(days=60)
"""A finished case filed longer ago is not what somebody speaks of."""
AGAIN = "sort"
"""The key under which it is counted that the question was put twice."""
NEW = re.compile(
    r"^(?:我?(?:还|再|另外|又)?(?:想|要)?(?:再|另外|新)?(?:投诉|反映|举报)(?:一?[件个])|另外|还有一?[件个]事|另一?件|(?:是)?新的?事|不是(?:那|这|一)[件个]|another (?:matter|thing)|(?:a )?new (?:matter|one))"
)
"""How somebody begins with something else."""
STILL = re.compile(
    r"还(?:是|在|没|不|有)|又(?!想|要|有一?[件个])|仍|依旧|依然|照样|照旧|一直|(?:今天|今早|今晚|昨晚|昨天|刚才|早上|晚上)[^，。]{0,6}(?:[去来]?看|路过|试)|\b(?:still|again)\b"
)
"""What is said of something told before."""
FEW = 30  # characters; a longer message tells enough to be a matter of its own
SHOWN = 16  # characters of the case's story


def current(heard: Heard) -> Brief | None:
    """The case that somebody may well be speaking of: the newest that is open, else that was answered not long ago."""
    recent = [c for c in heard.mine if (c.answered or _may_object(c, heard)) and heard.at - c.filed_at <= RECENT]
    return next((c for c in heard.mine if c.open), recent[0] if recent else None)


def begin(institution: Institution, now: Conversation, heard: Heard, case: Brief) -> Result:
    """Ask which it is, unless it plainly happens somewhere else."""
    draft = Draft(dict(heard.place))
    began = noting.gathered(institution, replace(now, draft=draft, stage=Stage.SORTING, number=case.number), heard)
    if _elsewhere(began.draft, case):
        return drafting.begin(institution, now, heard, greeted=True)
    return _asked(replace(began, pending=heard.text), case)


def _asked(now: Conversation, case: Brief, *lead: str) -> Result:
    """More about that case, not solved after all, or something new?"""
    keys = ["sort.again", "sort.same", "sort.new"] if case.answered else ["sort.same", "sort.new"]
    keys = keys if case.open or case.answered else ["sort.appeal", "sort.new"]
    key = "sort.ask" if case.open or case.answered else "sort.ask.refused"
    asked = phrase(now.language, key, number=case.number, what=asking.shorten(case.what, SHOWN))
    choices = [(key, phrase(now.language, key)) for key in keys]
    return speak(now, *lead, asked, choices=choices)


def continues(heard: Heard, case: Brief) -> bool:
    """Whether these words plainly go on about that case: the same place, or that it is still so, and nothing else."""
    facts, where = heard.facts, heard.facts.where.text if heard.facts.where else ""
    if len(heard.text) > FEW or NEW.match(heard.text.strip()) or facts.danger or _apart(heard, case):
        return False
    same_place = bool(where and case.where) and (where in case.where or case.where in where)
    return same_place or (
        STILL.search(heard.text) is not None and (not facts.proposal.why or _shares(heard.text, case))
    )


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """The answer. Words that go on about the case are more about it; others are kept, and it is asked once more.

    After that whatever is not said plainly means a new matter: a question asked thrice helps nobody.
    """
    if word in {"sort.same", "sort.again", "sort.appeal"}:
        files = tuple(key for key, _ in now.draft.evidence)
        idle = replace(now, stage=Stage.IDLE, draft=Draft(), pending="", offered=())
        if word == "sort.again":
            return replace(idle, survey=None), (Reopen(now.number, now.pending, files),)
        if word == "sort.appeal":
            return idle, (Appeal(now.number, now.pending, files),)
        told, effects = speak(idle, phrase(now.language, "added", number=now.number))
        return told, (Add(now.number, now.pending, files), *effects)
    if not word and (case := next((one for one in heard.mine if one.number == now.number), None)):
        twice = bool(now.draft.tries.get(AGAIN))
        if continues(heard, case) and not _elsewhere(now.draft, case) and (case.open or (case.answered and twice)):
            return take(institution, _longer(now, heard), heard, "sort.same")
        if not (twice or NEW.match(heard.text.strip()) or _apart(heard, case)):
            return _again(institution, now, heard, case)
    told = now if word else noting.gathered(institution, now, heard)
    lead = [] if word else noting.lead(now, heard, told.draft)
    return drafting.go_on(institution, replace(told, pending="", stage=Stage.IDLE), *lead)


def _longer(now: Conversation, heard: Heard) -> Conversation:
    """The conversation, these words and files among those that wait."""
    pending = "\n".join(part for part in (now.pending, heard.text.strip()) if part)
    files = tuple((each.id, each.kind) for each in heard.evidence)
    return replace(now, pending=pending, draft=replace(now.draft, evidence=(*now.draft.evidence, *files)))


def _again(institution: Institution, now: Conversation, heard: Heard, case: Brief) -> Result:
    """Keep what else was said, and put the question once more."""
    draft = noting.gathered(institution, now, heard).draft
    told = replace(_longer(now, heard), draft=replace(draft, tries={**draft.tries, AGAIN: 1}))
    return _asked(told, case, *noting.remarks(now, heard))


def _apart(heard: Heard, case: Brief) -> bool:
    """Whether these words name another place than the case's."""
    where = heard.facts.where.text if heard.facts.where else ""
    return bool(where and case.where) and where not in case.where and case.where not in where


def _shares(text: str, case: Brief) -> bool:
    """Whether two neighbouring characters of these words stand in the case as well."""
    chinese = re.findall(r"[\u3400-\u9fff]+", text)
    return any(part[at : at + 2] in case.what for part in chinese for at in range(len(part) - 1))


def _may_object(case: Brief, heard: Heard) -> bool:
    """Whether it was refused, and what is said now may object to that."""
    return not case.open and "appealed" in case.may and not status.too_late(case, heard.at)


def _elsewhere(draft: Draft, case: Brief) -> bool:
    where = draft.values.get("where", {}).get("text", "")
    return bool(where and case.where) and where not in case.where and case.where not in where
