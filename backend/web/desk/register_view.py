"""What the register form shows, as values ready for its template: fields, choices, and what is said beside them.

Pure: what was typed, read and found comes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.services.cases import casework, registering
from backend.web.desk.reasons import reasons
from backend.web.desk.view import Label, called, department_name, grade_label, places, row
from dialogs.slots import SLOTS
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.domain.case import Case
    from backend.services.cases.registering import Beside, Read
    from backend.web.desk.view import Reader, Row
    from institutions.model import Institution

LINES = {"what": 6, "request": 2}
"""Fields of several lines."""
WORDS = 6
"""Words that decided are shown of a proposal."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form."""

    key: str
    label: str
    example: str
    value: str
    lines: int  # 1: one line
    kinds: str  # the kinds of matter that need it, with blanks between; every one: "*"
    wrong: str = ""
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands beside the form."""

    danger: tuple[str, ...] = ()  # what to tell the caller first
    place: str = ""
    department: str = ""
    grade: Label | None = None
    because: tuple[str, ...] = ()
    sure: bool = True
    heard: tuple[tuple[str, str], ...] = ()  # (label, value)
    alike: tuple[Row, ...] = ()
    earlier: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()  # slots that are still to be filled in
    empty: bool = False


def fields(institution: Institution, told: Mapping[str, str], wrong: Mapping[str, str], reader: Reader) -> list[Field]:
    """The fields in their order."""
    return [
        Field(
            key,
            SLOTS[key].called_in(reader.language),
            SLOTS[key].example_in(reader.language),
            told.get(f"slot-{key}", ""),
            LINES.get(key, 1),
            " ".join(kind for kind in institution.kinds if key == "what" or key in institution.needs(kind)),
            wrong.get(key, ""),
            "tel" if key == "contact" else "text",
        )
        for key in registering.slots(institution)
    ]


def options(institution: Institution, reader: Reader) -> dict[str, Any]:
    """What can be chosen: (value, what it is called)."""
    return {
        "kinds": [(kind, reader.t(f"kind.{kind}")) for kind in institution.kinds],
        "places": [
            (
                reader.name(category),
                [(category.id, reader.name(category)), *((path, f"　{reader.name(each)}") for path, each in matters)],
            )
            for category, matters in places(institution)
        ],
        "departments": [(each.id, reader.name(each)) for each in institution.departments],
        "grades": [(grade, grade_label(grade, reader).text) for grade in casework.GRADES],
    }


def wrongs(read: Read, reader: Reader) -> dict[str, str]:
    """A sentence for each field that cannot be taken as it is."""
    missing = dict.fromkeys(read.missing, reader.t("register.missing"))
    return missing | {key: phrase(reader.language, why.phrase, **why.facts) for key, why in read.wrong.items()}


def looked(read: Read, found: Beside, institution: Institution, reader: Reader) -> Seen:
    """What the form tells by now."""
    draft = read.draft
    if not draft.proposal or not (draft.values.get("what") or read.facts.danger):
        return Seen(earlier=_rows(found.earlier, institution, reader), missing=read.missing, empty=True)
    best = draft.proposal["top"][0]
    because = list(reasons(draft.proposal, institution, reader))[:1]
    words = [why["word"].replace("*", "…") for why in draft.proposal["why"] if why["category"] == best["category"]]
    if words:
        joined = reader.t("reasons.joint").join(f"“{word}”" for word in dict.fromkeys(words[:WORDS]))
        because.insert(0, reader.t("register.proposed.because", words=joined))
    if read.facts.urgency_why:
        because.append(
            f"{grade_label(draft.grade, reader).text}: {reader.t('register.urgency.why', words=read.facts.urgency_why)}"
        )
    return Seen(
        danger=_danger(read, institution, reader),
        place=called(institution, best["category_id"], best["matter_id"], reader),
        department=department_name(institution, best["department_id"], reader),
        grade=grade_label(draft.grade, reader),
        because=tuple(because),
        sure=bool(draft.proposal["decided"]),
        heard=tuple(
            (SLOTS[key].called_in(reader.language), SLOTS[key].show(draft.values[key], reader.language))
            for key in read.heard
        ),
        alike=_rows(found.alike, institution, reader),
        earlier=_rows(found.earlier, institution, reader),
        missing=read.missing,
    )


def _danger(read: Read, institution: Institution, reader: Reader) -> tuple[str, ...]:
    danger = read.facts.danger
    if not danger:
        return ()
    own = next((told for key, told in institution.danger.items() if key == danger), None)
    beside = (own.say_en if reader.language == "en" else own.say) if own else ""
    return tuple(part for part in (phrase(reader.language, f"danger.{danger}"), beside) if part)


def _rows(cases: tuple[Case, ...], institution: Institution, reader: Reader) -> tuple[Row, ...]:
    return tuple(row(case, institution, {}, reader) for case in cases)
