"""What was filled into an act's form: read into values, or refused with a sentence.

A list is written as one text divided by commas or as a list, a time in ISO 8601
(without offset: the institution's). Values are JSON values: lists of texts,
ISO times with offset, ISO dates, whole numbers.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import numbers, running
from backend.domain.acts import Option
from backend.domain.hands import names
from backend.domain.refusals import BadField, Missing, NoSuchDepartment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from backend.domain.acts import Act, Field
    from backend.domain.case import Case
    from institutions.model import Institution

LISTS = frozenset({"names", "users", "departments", "cases"})
MOST_NUMBER = 100_000_000


def read(act: Act, case: Case, institution: Institution, given: Mapping[str, object]) -> dict[str, Any]:
    """The values by field; what is empty is left out. Raises: Missing, BadField, NoSuchDepartment."""
    known = {field.key for field in act.fields}
    for key in given:
        if key not in known:
            raise BadField(
                act.key,
                str(key),
                f"is not asked for; it takes {', '.join(sorted(known)) or 'nothing'}",
                f"“{act.label}”没有“{key}”这一项。",
            )
    values = {}
    for field in act.fields:
        text = _printable(_text(given.get(field.key)))
        if text and (not field.needed or says_something(text)):
            values[field.key] = KINDS[field.kind](_Asked(act, field, case, institution), text)
        elif field.needed:
            raise Missing(act.key, field.key, f"请填“{field.label}”。")
        elif field.kind in LISTS and field.key in given:
            values[field.key] = []
    return values


def options(field: Field, case: Case | None, institution: Institution) -> tuple[Option, ...]:
    """What a field can be chosen from, in this case or (None) in any; empty: it is no choice."""
    if field.options:
        return field.options
    if field.kind == "clock":
        rules = institution.clocks
        return tuple(
            Option(name, rules[name].label, rules[name].label_en or name)
            for name in (running.extendable(institution, case) if case else rules)
            if rules[name].extension
        )
    if field.kind == "departments":
        return tuple(Option(d.id, d.name, d.name_en or d.name) for d in institution.departments)
    return tuple(_rows(field.of, case, institution))


def _rows(of: str, case: Case | None, institution: Institution) -> Iterator[Option]:
    work = institution.casework
    match of:
        case "verdicts":
            yield from (Option(row.id, row.name, row.name_en or row.name) for row in work.verdicts)
        case "outcomes":
            yield from (
                Option(row.id, row.name, row.name_en or row.name)
                for row in (work.ends(case.category_id) if case else work.outcomes)
            )
        case "rectify":
            called = {row.id: row for row in work.outcomes}
            for place, done in enumerate(case.record.get("outcomes", ()) if case else ()):
                if done.get("due") and not done.get("done") and done["id"] in called:
                    row = called[done["id"]]
                    yield Option(
                        str(place), f"{row.name}（{done['due']}）", f"{row.name_en or row.name} ({done['due']})"
                    )
        case "kinds":
            yield from (Option(kind, kind, kind) for kind in institution.kinds)
        case "places":
            for category in institution.categories:
                yield Option(category.id, category.name, category.name_en or category.name)
                for matter in category.matters:
                    yield Option(
                        f"{category.id}/{matter.id}", f"{category.name} › {matter.name}", matter.name_en or matter.name
                    )


def says_something(text: str) -> bool:
    """Whether there is a letter or digit in it: commas and full stops alone name nobody and tell nothing."""
    return any(sign.isalnum() for sign in text)


class _Asked:
    """One field of one form."""

    def __init__(self, act: Act, field: Field, case: Case, institution: Institution) -> None:
        self.act, self.field, self.case, self.institution = act, field, case, institution

    def bad(self, why: str, zh: str) -> BadField:
        return BadField(self.act.key, self.field.key, why, f"“{self.field.label}”{zh}")


def _text(told: object) -> str:
    match told:
        case None | "":
            return ""
        case list() | tuple():
            return ",".join(str(one).strip() for one in told if str(one).strip())
        case _:
            return str(told).strip()


def _printable(text: str) -> str:
    """Without what no screen shows: a citizen may read it."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}).strip()


def _plain(_it: _Asked, text: str) -> str:
    return text


def _names(_it: _Asked, text: str) -> list[str]:
    return names(text)


def _choice(it: _Asked, text: str) -> str:
    found = options(it.field, it.case, it.institution)
    for option in found:
        if text in (option.key, option.label, option.label_en):
            return option.key
    keys = ", ".join(option.key for option in found) or "nothing now"
    raise it.bad(f"must be one of: {keys}", "要从列表里选。")


def _departments(it: _Asked, text: str) -> list[str]:
    return [_department(it, name) for name in names(text)]


def _department(it: _Asked, told: str) -> str:
    found = next((d.id for d in it.institution.departments if told in (d.id, d.name)), None)
    if found is None:
        raise NoSuchDepartment(it.act.key, it.institution.id, told)
    return found


def _case(it: _Asked, text: str) -> str:
    try:
        number = numbers.read(text)
    except (numbers.NotANumber, numbers.WrongCheckDigit) as error:
        raise it.bad(f"has no case number: {error}", f"里“{text}”不是案件编号，请核对。") from error
    if number == it.case.number:
        raise it.bad("is the case itself", "写的就是本案，请填另一件的编号。")
    return number


def _cases(it: _Asked, text: str) -> list[str]:
    return list(dict.fromkeys(_case(it, part) for part in names(text)))


def _date(it: _Asked, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise it.bad("is no date; write it as 2026-11-22", "不是日期，请写成 2026-11-22 这样。") from None


def _instant(it: _Asked, text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise it.bad(
            "is no time; write it as 2026-11-22T17:30+08:00", "不是时间，请写成 2026-11-22 17:30 这样。"
        ) from None
    zone = ZoneInfo(it.institution.timezone)
    try:
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(zone).isoformat()
    except OverflowError:
        raise it.bad("is out of range", "超出了范围。") from None


def _number(it: _Asked, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MOST_NUMBER)) or int(text) > MOST_NUMBER:
        raise it.bad(f"is no whole number up to {MOST_NUMBER}", "请填整数。")
    return int(text)


KINDS: dict[str, Callable[[_Asked, str], Any]] = {
    "text": _plain,
    "line": _plain,
    "user": _plain,
    "names": _names,
    "users": _names,
    "choice": _choice,
    "clock": _choice,
    "date": _date,
    "instant": _instant,
    "number": _number,
    "departments": _departments,
    "case": _case,
    "cases": _cases,
}
