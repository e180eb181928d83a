"""What the forms of moves and acts are filled in with: one kind of input for each kind of field, with what stands in it.

``kind``: text (several lines), line, select (one of ``options``), checks (any
of them), list (one line with ``options`` to help), date, instant, number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import filled, supplement
from backend.domain.lifecycle import Status
from dialogs.slots import SLOTS

if TYPE_CHECKING:
    from backend.domain.acts import Field
    from backend.services.office.desk import Whole
    from backend.web.desk.view import Reader
    from institutions.model import Institution

Options = tuple[tuple[str, str], ...]
"""(what is sent, what it is called)."""
INPUTS = {
    "text": "text",
    "line": "line",
    "names": "line",
    "choice": "select",
    "clock": "select",
    "user": "select",
    "users": "checks",
    "departments": "checks",
    "date": "date",
    "instant": "instant",
    "number": "number",
    "case": "line",
    "cases": "line",
}
"""With what each kind of an act's fields is filled in."""


@dataclass(frozen=True, slots=True)
class Input:
    """Something to fill in."""

    name: str  # as it is sent
    kind: str
    label: str
    needed: bool
    options: Options = ()
    chosen: tuple[str, ...] = ()  # what stands in it before anybody typed
    mark: str = ""  # what the preview of the citizen's message has in its place
    samples: tuple[tuple[str, str], ...] = ()  # words to begin with: (what they are called, the words)


def of_move(name: str, label: str, whole: Whole, institution: Institution, reader: Reader, *, needed: bool) -> Input:
    """A field of a move, by its name."""
    case = whole.case
    offices = tuple((each.id, reader.name(each)) for each in institution.departments)
    match name:
        case "department":
            own = next((called for key, called in offices if key == case.department_id), "")
            return Input(name, "select", label, needed, offices, (case.department_id,), own)
        case "right":
            return Input(name, "select", label, needed, (("", "—"), *offices))
        case "co":
            return Input(name, "checks", label, needed, offices, tuple(case.record.get("co", ())))
        case "officer":
            names = tuple((each, each) for each in whole.officers)
            return Input(name, "select", label, needed, (("", "—"), *names), (case.officer or "",))
        case "ground" if institution.casework.grounds:
            grounds = tuple((reader.name(row), "") for row in institution.casework.grounds)
            return Input(name, "list", label, needed, grounds, mark=reader.t("placeholder.ground"))
        case "investigators":
            return Input(name, "line", label, needed, chosen=tuple(case.record.get("investigators", ())))
        case "until":
            return Input(name, "date", label, needed)
        case "lacks":
            return Input(name, "checks", label, needed, lacking(institution, reader))
        case "answer":
            return Input(
                name, "text", label, needed, chosen=_draft(whole), mark=reader.t("placeholder.answer") if needed else ""
            )
    return Input(name, "text", label, needed, mark=reader.t(f"placeholder.{name}") if needed else "")


def lacking(institution: Institution, reader: Reader) -> Options:
    """What a citizen may be asked for again: (slot, what it is called)."""
    keys = [key for key in supplement.missing(institution) if key in SLOTS]
    return tuple((key, SLOTS[key].called_in(reader.language)) for key in keys)


def _draft(whole: Whole) -> tuple[str, ...]:
    """The answer that was submitted for review, for whoever sends it on."""
    if whole.case.status is not Status.REVIEWING:
        return ()
    drafts = [
        e.private["answer"]
        for e in whole.history
        if e.what == "moved" and e.detail["to"] == "reviewing" and e.private.get("answer")
    ]
    return (str(drafts[-1]),) if drafts else ()


def of_act(field: Field, whole: Whole, institution: Institution, reader: Reader) -> Input:
    """A field of an act."""
    english = reader.language == "en"
    label = field.label_en if english else field.label
    kind = INPUTS[field.kind]
    if field.kind in {"user", "users"}:
        options: Options = tuple((each, each) for each in whole.officers)
    else:
        found = filled.options(field, whole.case, institution)
        options = tuple((one.key, one.label_en if english else one.label) for one in found)
    if field.of == "kinds":
        options = tuple((key, reader.t(f"kind.{key}")) for key, _ in options)
    if kind == "select" and not field.needed:
        options = (("", "—"), *options)
    return Input(field.key, kind, label, field.needed, options, _chosen(field, whole))


def _chosen(field: Field, whole: Whole) -> tuple[str, ...]:
    case = whole.case
    match field.kind:
        case "departments":
            return tuple(case.record.get("co", ()))
        case "user":
            return (case.officer or "",)
        case "users":
            return tuple(case.record.get("named", ()))
        case "cases" if field.key == "cases":
            return tuple(whole.alike)
        case "names" if field.key == "names":
            return tuple(case.record.get("investigators", ()))
    return ()
