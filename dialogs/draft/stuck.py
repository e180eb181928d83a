"""Somebody who is not understood: the reason, then a simpler question with buttons, then a person.

Nobody is kept in a loop and nothing told is lost: the words that could not be
read are kept where they may be an answer, the question is left open, and where
nobody is on duty a matter that is told at all is filed for a person to complete.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.draft import asking, receipt
from dialogs.effects import FileCase, Hand
from dialogs.slots import SLOTS
from dialogs.speaking.saying import speak
from dialogs.wording import named, phrase
from nlp.understand import understand

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import CaseFiled, Handed, Heard
    from dialogs.speaking.saying import Result
    from dialogs.values.reading import Rejected
    from institutions.model import Institution

SIMPLER, PERSON = 2, 3
"""Answers not understood in a row until a simpler question is put, and until a person is called."""
EXAMPLES = 4  # matters to tap
EXAMPLE = "example:"
"""How the ids of those begin."""
NO_NUMBER = "reject.contact."
"""How the reasons begin why a number that was told cannot be called."""
LONGEST = 40  # characters of it that are kept
TELLING = 6  # characters that an answer has at least that is kept though it was not understood
SIMPLE = frozenset({"what", "contact", "who", "id_number"})
"""Slots whose simpler question has words of its own."""


def again(institution: Institution, now: Conversation, heard: Heard, why: Rejected, first: list[str]) -> Result:
    """That was no answer: one step further down."""
    missed = replace(now, misses=now.misses + 1)
    key = now.asking
    if why.phrase.startswith(NO_NUMBER) and (wrong := now.draft.tries.get(NO_NUMBER, 0) + 1):
        missed = replace(now, draft=replace(now.draft, tries={**now.draft.tries, NO_NUMBER: wrong}))
        if wrong >= SIMPLER:
            return _as_told(institution, missed, heard, first)
    if missed.misses >= PERSON:
        return _person(institution, replace(missed, misses=0), heard, first)
    if missed.misses >= SIMPLER:
        return _simpler(institution, missed, first)
    reason = phrase(now.language, why.phrase, example=SLOTS[key].example_in(now.language), **why.facts)
    if key == "what":
        return speak(missed, *first, reason)
    return asking.ask(institution, missed, key, *first, reason)


def handed(now: Conversation, event: Handed) -> Result | None:
    """Nobody is on duty: file what there is, for a person to complete. None: it is too little, or somebody comes."""
    if event.reason != "stuck" or event.open or not now.consented or "what" not in now.draft.values:
        return None
    return replace(now, unfinished=True, offered=()), (FileCase(now.draft),)


def filed(institution: Institution, now: Conversation, event: CaseFiled) -> Result | None:
    """The receipt of a case that a person completes. None: that was another case."""
    if not now.unfinished:
        return None
    told, effects = receipt.filed(institution, replace(now, unfinished=False), event)
    choices = told.offered
    told, said = speak(told, phrase(now.language, "human.unfinished"))
    return replace(told, offered=choices), (*said, *effects)


def retold(institution: Institution, now: Conversation, heard: Heard) -> Heard:
    """The message, where it is the button of an example: as if its words had been written."""
    text = dict(now.offered).get(heard.choice, "") if heard.choice.startswith(EXAMPLE) else ""
    if not text:
        return heard
    at = heard.at.astimezone(ZoneInfo(institution.timezone))
    return replace(heard, text=text, choice="", facts=understand(text, now=at, institution=institution))


def _as_told(institution: Institution, now: Conversation, heard: Heard, first: list[str]) -> Result:
    """A number that cannot be called, told twice: the handler makes of it what they can."""
    kept = replace(now, draft=now.draft.with_value("contact", heard.text.strip()[:LONGEST]))
    return asking.ask_next(institution, kept, *first, phrase(now.language, "contact.as_told"))


def _examples(institution: Institution, language: str) -> list[tuple[str, str]]:
    """What citizens may tap: matters in their own words, else the kinds there are."""
    told = [named(language, *example) for example in institution.examples]
    kinds = [named(language, c.name, c.name_en) for c in institution.categories]
    return [(f"{EXAMPLE}{index}", label) for index, label in enumerate((told or kinds)[:EXAMPLES])]


def _simpler(institution: Institution, now: Conversation, first: list[str]) -> Result:
    """The same question in fewer words, with what can be tapped."""
    key, language = now.asking, now.language
    human = ("human", phrase(language, "person"))
    if key == "what":
        return speak(now, *first, phrase(language, "simple.what"), choices=[*_examples(institution, language), human])
    said = phrase(language, f"simple.{key}" if key in SIMPLE else "simple.other")
    skip = "anonymous" if key in asking.PERSONAL and institution.anonymous else "skip"
    return speak(now, *first, said, choices=[(skip, phrase(language, skip)), human])


def _person(institution: Institution, now: Conversation, heard: Heard, first: list[str]) -> Result:
    """Call somebody, keep the words as far as they may be an answer, and leave the question open."""
    draft, key = now.draft, now.asking
    if key == "what" and "what" not in draft.values:
        letters = len(re.findall(r"\w", heard.text))
        draft = draft.with_value("what", heard.text.strip()) if letters >= TELLING else draft
    else:
        draft = replace(draft, skipped=(*draft.skipped, key))
    after, _ = asking.ask_next(institution, replace(now, draft=draft))  # Handed puts the question
    told, effects = speak(after, *first) if any(first) else (after, ())
    return replace(told, offered=after.offered), (*effects, Hand("stuck"))
