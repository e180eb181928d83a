"""What a handler can do to a case beside moving it: a form for each act that is open to them, drawn from the table of acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backend.domain.acts import ACTS
from backend.domain.filled import options
from backend.domain.lifecycle import Status
from backend.web.desk.acts_words import BESIDE_ACTS
from backend.web.desk.fields import Input, of_act
from backend.web.desk.view import department_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.domain.acts import Act, Field
    from backend.services.office.desk import Whole
    from backend.web.desk.view import Reader
    from institutions.model import Institution


@dataclass(frozen=True, slots=True)
class ActForm:
    """One act."""

    key: str
    verb: str
    inputs: tuple[Input, ...]
    tells: bool  # the citizen hears of it


GROUPS: dict[str, tuple[str, ...]] = {
    "find": (
        "investigators",
        "interview",
        "mediation",
        "plan",
        "verdict",
        "outcome",
        "rectified",
        "test_fee",
        "settled",
    ),
    "time": ("extend", "supervise", "unsupervise", "emergency", "assess"),
    "hands": ("officer", "cohosts", "transfer_note", "name_officer"),
    "cases": ("batch", "split", "link", "repeat"),
    "marks": ("reward", "claim", "malicious", "malicious_review"),
}
"""Acts that belong together stand below one heading, folded: nobody reads twenty to find one."""


def forms(whole: Whole, institution: Institution, reader: Reader) -> list[tuple[str, str, list[ActForm]]]:
    """The acts that are open to this handler: (group, its name, its acts in the groups' order)."""
    acts = {act.key: _form(act, whole, institution, reader) for act in whole.acts}
    found = ((key, [acts[act] for act in keys if act in acts]) for key, keys in GROUPS.items())
    return [(key, reader.t(f"acts.{key}"), these) for key, these in found if these]


def _form(act: Act, whole: Whole, institution: Institution, reader: Reader) -> ActForm:
    inputs = tuple(of_act(field, whole, institution, reader) for field in act.fields)
    return ActForm(act.key, called(act, reader), inputs, bool(act.told))


def given(act: str, typed: Mapping[str, str]) -> dict[str, object]:
    """What was filled in, of what the act asks for; a list that nobody ticked is empty."""
    return {field.key: typed.get(field.key, "") for field in ACTS[act].fields} if act in ACTS else {}


def called(act: Act, reader: Reader) -> str:
    """The act's name."""
    return act.label_en if reader.language == "en" else act.label


def title(detail: Mapping[str, Any], reader: Reader) -> str:
    """What was done, for the history; other cases and our jobs note acts that have no form."""
    key = str(detail["act"])
    if key in ACTS:
        return called(ACTS[key], reader)
    return reader.t(BESIDE_ACTS.get(key, "was.noted"))


def texts(
    detail: Mapping[str, Any], private: Mapping[str, str | None], institution: Institution, reader: Reader
) -> Iterator[tuple[str, str]]:
    """(label, words) of what was filled in."""
    act = ACTS.get(str(detail["act"]))
    for field in act.fields if act else ():
        label = field.label_en if reader.language == "en" else field.label
        if field.key in private:
            words = private[field.key]
            yield label, reader.t("text.erased") if words is None else reader.private(words)
        elif detail.get(field.key) not in (None, "", []):
            yield label, shown(field, detail[field.key], institution, reader)
    for key in ("case", "child", "away"):
        if detail.get(key) and not (act and any(field.key == key for field in act.fields)):
            yield reader.t(f"act.{key}"), str(detail[key])


def shown(field: Field, value: Any, institution: Institution, reader: Reader) -> str:
    """A value of a field, as people read it."""
    match field.kind:
        case "departments":
            return reader.t("mark.and").join(department_name(institution, key, reader) for key in value)
        case "names" | "users" | "cases":
            return reader.t("mark.and").join(value)
        case "instant":
            return reader.moment(datetime.fromisoformat(value), institution).text
        case "date":
            return date.fromisoformat(value).isoformat()
        case "choice" | "clock":
            return _chosen(field, str(value), institution, reader)
    return reader.private(str(value))


def _chosen(field: Field, value: str, institution: Institution, reader: Reader) -> str:
    english = reader.language == "en"
    if field.of == "kinds":
        return reader.t(f"kind.{value}")
    rows = institution.clocks if field.kind == "clock" else {}
    if value in rows:
        return (english and rows[value].label_en) or rows[value].label
    if field.of == "rectify":
        measures = {row.id: reader.name(row) for row in institution.casework.outcomes}
        return measures.get(value, value)
    found = {one.key: one for one in options(field, None, institution)}
    return value if value not in found else found[value].label_en if english else found[value].label


def record(whole: Whole, institution: Institution, reader: Reader) -> list[tuple[str, str]]:
    """What is on record of the case beside its status: (what, how), for its page."""
    told: list[tuple[str, str]] = []
    case, kept = whole.case, whole.case.record
    work = institution.casework
    called_ = {row.id: reader.name(row) for row in (*work.verdicts, *work.outcomes)}
    join = reader.t("mark.and").join

    def add(key: str, words: str) -> None:
        if words:
            told.append((reader.t(f"record.{key}"), words))

    add("officer", case.officer or "")
    add("co", join(department_name(institution, key, reader) for key in kept.get("co", ())))
    add("investigators", join(kept.get("investigators", ())))
    add("supervised", reader.t("yes") if kept.get("supervised") else "")
    add("emergency", _emergency(kept.get("emergency"), reader))
    for one in _returns(whole, institution, reader):
        add("returns", one)
    add("verdict", called_.get(kept.get("verdict", ""), ""))
    add("outcomes", join(_measure(one, called_, reader) for one in kept.get("outcomes", ())))
    add("mediation", reader.t(f"mediation.{kept['mediation']}") if kept.get("mediation") else "")
    add("malicious", reader.t(f"malicious.{kept['malicious']}") if kept.get("malicious") else "")
    add("reward", reader.t(f"reward.{kept['reward']}") if kept.get("reward") else "")
    add("named", join(kept.get("named", ())))
    return told


def related(whole: Whole, reader: Reader) -> list[tuple[str, list[str]]]:
    """The numbers of cases that have to do with this one: (how, which)."""
    case, kept = whole.case, whole.case.record
    found = {
        "parent": [case.parent] if case.parent else [],
        "children": list(kept.get("children", ())),
        "related": list(kept.get("related", ())),
        "repeat": [kept["repeat"]] if kept.get("repeat") else [],
        "alike": whole.alike,
    }
    return [(reader.t(f"record.{key}"), numbers) for key, numbers in found.items() if numbers]


def _emergency(plan: Mapping[str, Any] | None, reader: Reader) -> str:
    if plan is None:
        return ""
    lead = str(plan.get("lead") or reader.t("record.emergency.nobody"))
    team = reader.t("mark.and").join(plan.get("team", ()))
    ended = reader.t("record.emergency.assessed" if plan.get("assessed") else "record.emergency.open")
    return " · ".join(part for part in (lead, team, ended) if part)


def _returns(whole: Whole, institution: Institution, reader: Reader) -> Iterator[str]:
    """Each return with its reason, for whoever has to decide where the case belongs."""
    for event in whole.history:
        if event.what == "moved" and event.detail["to"] == Status.RETURNED:
            right = event.detail.get("right")
            where = f" → {department_name(institution, right, reader)}" if right else ""
            words = event.private.get("note")
            yield f"{event.by}{where}: {reader.t('text.erased') if words is None else reader.private(words)}"


def _measure(one: Mapping[str, Any], called_: Mapping[str, str], reader: Reader) -> str:
    name = called_.get(one["id"], str(one["id"]))
    if one.get("done"):
        return f"{name}（{reader.t('record.done', on=one['done'])}）"
    return f"{name}（{reader.t('record.due', on=one['due'])}）" if one.get("due") else name
