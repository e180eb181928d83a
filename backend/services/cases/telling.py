"""Telling citizens of an act: the act's own sentence, in each one's language, queued with the change that causes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import filled
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.services.cases import notices, posting
from dialogs.values.times import say_time
from dialogs.wording import EN, HANT
from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.domain.acts import Act, Field, Option
    from backend.domain.case import Case
    from backend.domain.doing import Doing
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

ENDS = "。！？…；.!?;"


def tell(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    act: Act,
    values_for: Callable[[Person], Mapping[str, Any] | None],
    *,
    at: datetime,
) -> int:
    """Queue what the act says to all bound people, each with their own values (None: nothing); how many were told."""
    told = 0
    for person in work.cases.people_of(case.number) if act.told else ():
        values = values_for(person)
        if values is None:
            continue
        text = sentence(institution, case, act, values, person.language)
        told_by_form = notices.form(institution, case, person.language, at=at)
        choices = notices.buttons(work, institution, case, person)
        work.outbox.queue(
            person.id,
            number=case.number,
            kind="status",
            text=text,
            choices=choices,
            at=at,
            not_before=posting.when(work, institution, case, person.id, at=at),
            fields=told_by_form,
        )
        told += 1
    if told:
        case.note(Event(at, SYSTEM, "notice", {"act": act.key, "people": told}))
    return told


def sentence(institution: Institution, case: Case, act: Act, values: Mapping[str, Any], language: str) -> str:
    """What the act tells."""
    english = language == EN
    shown = {field.key: show(field, values.get(field.key), case, institution, language) for field in act.fields}
    shown |= {key: show_plain(value, institution, language) for key, value in values.items() if key not in shown}
    words = [text for text in values.values() if isinstance(text, str)]
    text = (act.told_en if english else act.told).format(
        **shown, say=_say(act, values, case, institution, language), number=case.number
    )
    return traditional(text, *words) if language == HANT else text


def show(field: Field, value: Any, case: Case, institution: Institution, language: str) -> str:
    """A field's value as people read it; empty: it was not filled in."""
    if value is None:
        return ""
    chosen = {option.key: option for option in filled.options(field, case, institution)}
    match field.kind:
        case "choice" | "clock" if value in chosen:
            return chosen[value].label_en if language == EN else chosen[value].label
        case "departments":
            return _list([_label(chosen.get(key), key, language) for key in value], language)
        case "names" | "users" | "cases":
            return _list(value, language)
        case "instant":
            return say_time(datetime.fromisoformat(value), ZoneInfo(institution.timezone), language)
        case "date":
            day = date.fromisoformat(value)
            return f"{day.day} {day:%b %Y}" if language == EN else f"{day.year}年{day.month}月{day.day}日"
        case "text":
            return _ended(str(value), "." if language == EN else "。")
    return str(value)


def show_plain(value: Any, institution: Institution, language: str) -> str:
    """A value that is no field's: a time, or itself."""
    return say_time(value, ZoneInfo(institution.timezone), language) if isinstance(value, datetime) else str(value)


def of(doing: Doing) -> Callable[[Person], Mapping[str, Any]]:
    """The same values for everybody."""
    return lambda _person: doing.values


def _say(act: Act, values: Mapping[str, Any], case: Case, institution: Institution, language: str) -> str:
    for field in act.fields:
        for option in filled.options(field, case, institution) if field.kind == "choice" else ():
            if option.key == values.get(field.key) and option.say:
                return option.say_en if language == EN else option.say
    return ""


def _label(option: Option | None, key: str, language: str) -> str:
    return key if option is None else option.label_en if language == EN else option.label


def _list(words: list[str], language: str) -> str:
    return (", " if language == EN else "、").join(words)


def _ended(text: str, stop: str) -> str:
    return text + stop if text and text[-1] not in ENDS else text
