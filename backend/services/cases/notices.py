"""Telling citizens: one notice for everybody bound to a case, queued with the change that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain.case import DECIDED
from backend.domain.hands import appeals_left
from backend.domain.lifecycle import PLAIN, Status, notice
from backend.services.cases import asking, deciding, posting
from backend.services.talks import conversations
from dialogs.filed import status
from dialogs.values.times import say_time
from dialogs.wording import EN, HANT, ZH, named, phrase
from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution


DRAFTS = {"left": ("待您提交", "Not submitted"), "moved": ("已转走", "Moved")}
"""How a matter stands that is no case yet; a form's word for it has five characters."""
FINAL = {
    "zh": "这是复核后的最终结论，不再另行复核。{after}",
    "en": "This is the final decision after review; it is not reviewed again. {after}",
}
HELPING = {"zh": "{lead}（{others}协办）", "en": "{lead} (with the help of {others})"}
SPOKEN = {
    "zh": "关于您的诉求（{number}），办理人员给您留言：\n{text}",
    "en": "The handler of your case ({number}) writes:\n{text}",
}
ASKED = {
    "zh": "关于您的诉求（{number}），办理人员想问您：\n{text}\n直接在这里回复就行。",
    "en": "The handler of your case ({number}) asks:\n{text}\nJust answer here.",
}


def tell(
    work: UnitOfWork,
    institution: Institution,
    case: Case,
    given: Mapping[str, str],
    *,
    at: datetime,
    acting: int | None,
) -> int:
    """Queue what the new status says to all bound people but the one who caused it; returns how many."""
    people = [p for p in work.cases.people_of(case.number) if p.id != acting and posting.wanted(work, case, p.id)]
    told = [(p, text) for p in people if (text := sentence(institution, case, given, p.language))]
    for person, text in told:
        choices = buttons(work, institution, case, person)
        told_by_form = form(institution, case, person.language, at=at)
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
    return len(told)


def form(institution: Institution, case: Case, language: str, *, at: datetime, note: str = "") -> dict[str, str]:
    """What a platform is told that lets us fill in a form only: which case, how it stands, when, and in a few words why.

    ``note``: those words, where they are not the beginning of the message.
    """
    told = {"case": case.number, "state": named(language, *PLAIN[case.status]), "at": _clock(institution, at)}
    return told | ({"note": note} if note else {})


def form_of_draft(institution: Institution, now: str, language: str, *, at: datetime) -> dict[str, str]:
    """The same of a matter that is no case yet; *now*: left, or moved to another chat."""
    return {"state": named(language, *DRAFTS[now]), "at": _clock(institution, at)}


def _clock(institution: Institution, at: datetime) -> str:
    return at.astimezone(ZoneInfo(institution.timezone)).strftime("%Y-%m-%d %H:%M")


def buttons(work: UnitOfWork, institution: Institution, case: Case, person: Person) -> list[dict[str, str]]:
    """What this person can do with the case as it stands now; where the visit-back follows at once, that rates it."""
    brief = conversations.brief_for(work, institution, case, person)
    asked = case.status is Status.ANSWERED and institution.survey.after.startswith("0")
    offered = status.offers(person.language, brief)
    return [{"id": key, "label": label} for key, label in offered if not (asked and key.startswith("rate:"))]


def sentence(institution: Institution, case: Case, given: Mapping[str, str], language: str) -> str:
    """What the case's status tells, in the citizen's language; empty where the citizen need not know."""
    name = departments(institution, case, language)
    if case.status is Status.SUPPLEMENTING:
        given = {**given, "note": asking.wanted(case, given.get("note", ""), language)}
    told = notice(case.status, language, number=case.number, department=name, given=given)
    told = traditional(told, *given.values()) if language == HANT else told
    final = is_final(institution, case)
    after = objecting(institution, case.status, case.decided_at, language, final=final)
    after = after or asking.promised(institution, case, language)
    return "\n".join(part for part in (told, after) if part)


def departments(institution: Institution, case: Case, language: str) -> str:
    """Who has the case and who helps; who helps is told while it is being worked on."""
    offices = {row.id: named(language, row.name, row.name_en) for row in institution.departments}
    office = institution.office(case.department_id)
    lead = named(language, office.name, office.name_en)
    others = [offices[key] for key in case.record.get("co", ()) if key in offices]
    if not others or case.status is not Status.ASSIGNED:
        return lead
    between = ", " if language == EN else "、"
    return HELPING[EN if language == EN else ZH].format(lead=lead, others=between.join(others))


def is_final(institution: Institution, case: Case) -> bool:
    """Whether what was decided after an objection cannot be objected to again."""
    return bool(case.record.get("appeals")) and not appeals_left(case, institution)


def objecting(institution: Institution, to: Status, at: datetime | None, language: str, *, final: bool = False) -> str:
    """How to object to what is decided by entering *to*, and until when; where nobody reviews, what else can be done."""
    if to not in DECIDED:
        return ""
    if final:
        after = named(language, institution.review.after, institution.review.after_en)
        told = FINAL[EN if language == EN else ZH].format(after=after).strip()
        return traditional(told, after) if language == HANT else told
    by = deciding.object_by(institution, at)
    if by is not None:
        return phrase(language, "review.until", at=say_time(by, ZoneInfo(institution.timezone), language))
    if to is Status.REFUSED:
        return phrase(language, "review.other", phone=status.told_phone(institution, language))
    return ""


def spoken(number: str, text: str, language: str, *, asks: bool = False) -> str:
    """A handler's own words to the citizen, with the case they belong to. ``asks``: they want an answer."""
    said = (ASKED if asks else SPOKEN)[EN if language == EN else ZH]
    return (traditional(said) if language == HANT else said).format(number=number, text=text)
