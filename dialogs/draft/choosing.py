"""Which category, where the words leave it open: asked once, with the summary, and an answer files the case.

Up to three categories and "none of these"; then all the others, and a person. Who
just submits leaves it to a person too. In danger nothing is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from institutions.model import Institution

SHOWN, LIKELY = 3, 0.04
"""So many at most, each with a share that makes it worth reading: with no word for it, it has less."""
FILES, NONE, PERSON = "file:", "file:none", "file:person"
"""How the ids of the choices begin: what follows is a category's id, none of those shown, or a person's choice."""


def is_open(draft: Draft) -> bool:
    """Whether the citizen should be asked: several are likely, none is clear, and nobody has chosen.

    Where one alone is likely, if not surely it, or none at all, asking helps less than a person's look.
    """
    proposal = draft.proposal
    if proposal is None or draft.grade == "emergency" or proposal["decided"] or "by" in proposal:
        return False
    return bool(proposal["why"]) and len(_likely(proposal)) > 1


def likeliest(institution: Institution, now: Conversation) -> list[tuple[str, str]]:
    """The likely ones of the first three as choices, and none of them."""
    likely = _likely(_before(now.draft))
    choices = [(f"{FILES}{one['category_id']}", _label(institution, one, now.language)) for one in likely]
    return [*choices, (NONE, phrase(now.language, "choose.none"))]


def others(institution: Institution, now: Conversation) -> list[tuple[str, str]]:
    """All the others as choices, and a person."""
    shown = [one["category_id"] for one in _likely(_before(now.draft))]
    rest = [one for one in institution.categories if one.id not in shown]
    choices = [(f"{FILES}{one.id}", named(now.language, one.name, one.name_en)) for one in rest]
    return [*choices, (PERSON, phrase(now.language, "choose.person"))]


def chosen(institution: Institution, now: Conversation, category_id: str) -> Conversation:
    """The conversation with that category, as the citizen chose it. Raises: KeyError: there is none such."""
    before = _before(now.draft)
    known = next((one for one in before["top"] if one["category_id"] == category_id), None)
    one = {**(known or _candidate(institution, now.draft, category_id)), "score": 1.0}
    rest = [other for other in before["top"] if other["category_id"] != category_id]
    by_citizen = {"top": [one, *rest], "confidence": 1.0, "decided": True, "by": "citizen", "departments": []}
    return replace(now, draft=replace(now.draft, proposal={**before, **by_citizen}))


def left_to_a_person(institution: Institution, now: Conversation) -> Conversation:
    """The conversation with none of the categories that were proposed: the default department chooses."""
    before = _before(now.draft)
    default = institution.department(institution.default_department)
    first = before["top"][0] if before["top"] else _candidate(institution, now.draft, institution.categories[0].id)
    first = {**first, "matter": None, "matter_id": None, "department": default.name, "department_id": default.id}
    proposal = {**before, "top": [first, *before["top"][1:]], "decided": False, "by": "nobody", "departments": []}
    return replace(now, draft=replace(now.draft, proposal=proposal))


def _likely(proposal: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in proposal["top"][:SHOWN] if one["score"] >= LIKELY]


def _before(draft: Draft) -> dict[str, Any]:
    return draft.proposal or {"top": [], "why": [], "confidence": 0.0}


def _candidate(institution: Institution, draft: Draft, category_id: str) -> dict[str, Any]:
    category = institution.category(category_id)
    place = (draft.values.get("where") or {}).get("text", "")
    told = str(draft.values.get("what", ""))
    department = institution.department_for(category.id, text=told, place=place, kind=draft.kind)
    return {
        "category": category.name,
        "category_id": category.id,
        "matter": None,
        "matter_id": None,
        "department": department.name,
        "department_id": department.id,
        "score": 0.0,
    }


def _label(institution: Institution, one: dict[str, Any], language: str) -> str:
    """The category, and the matter in it that the words speak of."""
    category = institution.category(one["category_id"])
    name = named(language, category.name, category.name_en)
    matter = institution.matter(one["matter_id"]) if one["matter_id"] else None
    if matter is None or matter.name == category.name:
        return name
    return phrase(language, "choose.label", category=name, matter=named(language, matter.name, matter.name_en))
