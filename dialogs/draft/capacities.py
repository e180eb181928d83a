"""What a message says of who speaks, into the draft, and what is said back about it, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.draft import papers
from dialogs.slots import SLOTS
from dialogs.wording import named, phrase
from nlp.who.capacity import SECRET

if TYPE_CHECKING:
    from dialogs.conversation import Draft
    from dialogs.events import Heard
    from institutions.model import Institution

SPOKEN = ("who", "contact")
"""What tells who somebody is."""
OWN = frozenset({"on_behalf", "agent", "voices", "voices_told"})
"""Slots with a sentence of their own: no remark repeats them."""


def noted(institution: Institution, draft: Draft, heard: Heard, *, asked: str = "") -> Draft:
    """The draft with as what this message is told: for whom, with which paper, with how many, with or without a name."""
    told = heard.facts.capacity
    if told.behalf and "on_behalf" not in draft.values:
        draft = draft.with_value("on_behalf", told.behalf)
    if told.agent and "agent" not in draft.values:
        draft = draft.with_value("agent", told.agent)
    if told.voices_told:
        draft = draft.with_value("voices_told", told.voices_told)
        draft = draft.with_value("voices", told.voices) if told.voices else draft
    wish = draft.values.get("request")
    if told.secret and asked != "request" and wish == heard.facts.request and SECRET.search(wish or ""):
        draft = draft.without("request")  # secrecy is not how the matter shall be solved
    if told.secret and institution.confidential == "offered" and "anonymous" not in draft.values:
        draft = known(draft, confidential=True)
    return _nameless(institution, draft, heard) if told.nameless else draft


def known(draft: Draft, *, anonymous: bool = False, confidential: bool = False) -> Draft:
    """The draft of somebody without name, or with one that is kept from the handlers."""
    if confidential:
        draft = draft.with_value("confidential", True)  # noqa: FBT003 - a value of the draft
    if not anonymous:
        return draft
    values = {key: value for key, value in draft.values.items() if key not in SPOKEN} | {"anonymous": True}
    return replace(draft, values=values)


def refused(draft: Draft) -> Draft:
    """The draft of somebody who has been told why a name is needed."""
    return replace(draft, tries={**draft.tries, **{key: max(1, draft.tries.get(key, 0)) for key in SPOKEN}})


def said(institution: Institution, before: Draft, after: Draft, language: str) -> list[str]:
    """A sentence for each thing that is new in *after*."""
    fresh = {key for key, value in after.values.items() if before.values.get(key) != value}
    told = [phrase(language, f"{wish}.kept") for wish in ("anonymous", "confidential") if wish in fresh]
    if not institution.anonymous and not before.tries.get("who") and after.tries.get("who") and "who" not in fresh:
        told.append(phrase(language, "anonymous.refused"))
    if after.grade == "emergency":
        return told
    if "agent" in fresh:
        told.append(_agent(institution, after, language))
    elif "on_behalf" in fresh:
        told.append(phrase(language, "behalf.noted", whom=_shown("on_behalf", after, language)))
    if "voices_told" in fresh:
        told.append(phrase(language, "joint.noted"))
    return told


def _agent(institution: Institution, draft: Draft, language: str) -> str:
    role, paper = _shown("agent", draft, language), papers.authority(institution, draft)
    if paper is None:
        return phrase(language, "agent.noted", role=role)
    name, why = named(language, paper.name, paper.name_en), named(language, paper.why, paper.why_en)
    return phrase(language, "agent.paper", role=role, name=name, why=why.rstrip("。."))


def _shown(key: str, draft: Draft, language: str) -> str:
    return SLOTS[key].show(draft.values[key], language)


def _nameless(institution: Institution, draft: Draft, heard: Heard) -> Draft:
    """No name: none is asked for. Who leaves a phone all the same only keeps back the name."""
    if heard.facts.contact or heard.contact or heard.facts.who:
        left = tuple(key for key in SPOKEN if key not in draft.values and key not in draft.skipped)
        return replace(draft, skipped=(*draft.skipped, *left))
    if institution.anonymous:
        return known(draft, anonymous=True)
    wanted = set(SPOKEN) & set(institution.needs(draft.kind))
    return refused(draft) if wanted - draft.values.keys() else draft
