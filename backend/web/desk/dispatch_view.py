"""What the dispatch desk shows of a case: the choices with their reasons, the reasons of both sides where it came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import Status
from backend.web.desk import view as desk_view
from backend.web.desk.reasons import quoted, why_there

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.domain.case import Case
    from backend.services.cases.dispatching import Card, Returned, Turn
    from backend.store.dispatch import Look
    from backend.web.desk.view import Reader
    from institutions.model import Institution

CHOICES = 3
"""Of categories and of departments, at most."""
LIKELY = 0.03
"""The share from which another one is worth a press; below it only what some word speaks for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One category or department to choose, and why it is one."""

    key: str
    name: str
    why: str
    share: str = ""


def card(found: Card, institution: Institution, reader: Reader) -> dict[str, Any]:
    """The case before the dispatcher."""
    case = found.case
    reader = reader.of(case, institution)
    return {
        **_told(case, institution, reader),
        "unsure": found.unsure,
        "files": sum(found.evidence.values()),
        "categories": list(categories(case, institution, reader))[:CHOICES],
        "departments": list(departments(case, institution, reader))[:CHOICES],
        "here": found.here,
        "next": found.after,
    }


def returned(row: Returned, institution: Institution, reader: Reader) -> dict[str, Any]:
    """A case that came back."""
    case = row.case
    reader = reader.of(case, institution)
    lead = row.turns[-1].right if row.turns else ""
    return {
        **_told(case, institution, reader),
        "turns": [_turn(turn, institution, reader) for turn in row.turns],
        "for_lead": reader.t(f"dispatch.lead.{row.for_lead}") if row.for_lead else "",
        "why": [why_there(one, institution, reader) for one in case.proposal.get("departments", ())[:1]],
        "place_now": case.matter_id or case.category_id,
        "suggested": lead,
        "helping": case.record.get("co", ()),
    }


def other(look: Look, reader: Reader) -> dict[str, str]:
    """What a colleague has before them."""
    return {"number": look.number, "text": reader.t("dispatch.looking", name=look.user)}


def categories(case: Case, institution: Institution, reader: Reader) -> Iterator[Choice]:
    """Where it stands now, then what else was proposed, each with the words that speak for it."""
    now = case.matter_id or case.category_id
    top = {one["matter_id"] or one["category_id"]: one for one in case.proposal.get("top", ())}
    for path in dict.fromkeys((now, *top)):
        category, _, matter = path.partition("/")
        one = top.get(path)
        words = [why["word"] for why in case.proposal.get("why", ()) if one and why["category"] == one["category"]]
        if path != now and not words and one and one["score"] < LIKELY:
            continue
        why = reader.t("dispatch.words", words=quoted(words, reader)) if words else reader.t("dispatch.no_words")
        name = desk_view.called(institution, category, path if matter else None, reader)
        yield Choice(path, name, why, reader.t("dispatch.share", share=f"{one['score']:.0%}") if one else "")


def departments(case: Case, institution: Institution, reader: Reader) -> Iterator[Choice]:
    """Who has it now, who was proposed, who usually handles the categories proposed: each with its reason."""
    reasons: dict[str, str] = {}
    for one in case.proposal.get("departments") or ():
        if one["score"] < LIKELY and not one["words"]:
            continue
        reasons.setdefault(one["department_id"], why_there(one, institution, reader))
    for one in case.proposal.get("top", ()):
        if one["score"] < LIKELY:
            continue
        name = desk_view.called(institution, one["category_id"], one["matter_id"], reader)
        reasons.setdefault(one["department_id"], reader.t("dispatch.by_category", category=name))
    known = {office.id for office in institution.departments}
    for key in dict.fromkeys((case.department_id, *reasons)):
        if key in known:
            why = reasons.get(key, reader.t("dispatch.now"))
            yield Choice(key, desk_view.department_name(institution, key, reader), why)


def _told(case: Case, institution: Institution, reader: Reader) -> dict[str, Any]:
    """What both kinds of cards show, and the whole lists to choose from."""
    due = desk_view.dues(case, institution, reader)
    return {
        "number": case.number,
        "seq": case.seq,
        "institution": reader.name(institution),
        "words": reader.private(str(case.facts.get("what") or "").strip()) or reader.t("case.nothing_said"),
        "facts": list(desk_view.facts(case, reader)),
        "filed": reader.moment(case.filed_at, institution),
        "due": due[0] if due else None,
        "grade": desk_view.grade_label(case.grade, reader),
        "kind": reader.t(f"kind.{case.kind}"),
        "urged": desk_view.urged_label(case, reader),
        "status": desk_view.status_label(case.status, reader) if case.status is not Status.RECEIVED else None,
        "place": desk_view.place(case, institution, reader),
        "places": _places(institution, reader),
        "offices": [(each.id, reader.name(each)) for each in institution.departments],
    }


def _places(institution: Institution, reader: Reader) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (category.id, reader.name(category), [(path, reader.name(matter)) for path, matter in matters])
        for category, matters in desk_view.places(institution)
    ]


def _turn(turn: Turn, institution: Institution, reader: Reader) -> Mapping[str, Any]:
    name = desk_view.department_name(institution, turn.department, reader)
    right = desk_view.department_name(institution, turn.right, reader) if turn.right else ""
    return {
        "sent": reader.t("dispatch.turn.sent", by=turn.sent_by, department=name),
        "sent_at": reader.moment(turn.sent_at, institution),
        "sent_why": reader.private(turn.sent_why) or reader.t("dispatch.turn.why.none"),
        "back": reader.t("dispatch.turn.back", by=turn.back_by, department=name),
        "back_at": reader.moment(turn.back_at, institution),
        "back_why": reader.private(turn.back_why),
        "right": reader.t("dispatch.turn.right", department=right) if right else reader.t("dispatch.turn.right.none"),
    }
