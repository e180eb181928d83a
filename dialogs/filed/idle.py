"""Words out of nothing: a number, a word of thanks, more about a case, or the beginning of a new matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import hands_in
from dialogs.draft import drafting, noting
from dialogs.effects import Add
from dialogs.filed import sorting, status, survey
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

ANSWERS = frozenset({"yes", "no", "submit", "skip", "change", "back", "anonymous", "consent.yes", "consent.no"})
"""What only answers a question."""
SHORT = 60  # characters: a longer message that holds a case number is a story, not a question about it


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Take a message while nothing is under way."""
    facts = heard.facts
    if heard.number and len(heard.text) <= SHORT:
        return status.by_number(institution, now, heard, heard.number)
    if heard.misread and len(heard.text) <= SHORT:
        return speak(now, phrase(now.language, "number.wrong"))
    if now.survey is not None and now.survey.asking == "remark" and (heard.evidence or heard.text):
        return survey.remarked(institution, now, now.survey, heard, *noting.remarks(now, heard))
    if word == "thanks":
        return speak(now, phrase(now.language, "thanks"))
    if word in ANSWERS and not heard.evidence:
        facts = replace(facts, what=None)  # "同意" out of nothing tells no matter
        heard = replace(heard, facts=facts)
    case = sorting.current(heard)
    if case and word in {"submit", "yes"} and not heard.evidence:
        if hands_in(heard.text):
            return status.mine(institution, now, heard)  # sent twice: it is there already
        return speak(now, phrase(now.language, "elsewhere.done"))
    if case and facts.what is None and heard.evidence and (case.open or case.answered):
        files = tuple(e.id for e in heard.evidence)
        told, effects = speak(now, *noting.remarks(now, heard), phrase(now.language, "added", number=case.number))
        return told, (Add(case.number, heard.text, files), *effects)
    if case and (facts.what is not None or heard.evidence):
        return sorting.begin(institution, now, heard, case)
    return drafting.begin(institution, now, heard, greeted=bool(heard.mine) and word == "")
