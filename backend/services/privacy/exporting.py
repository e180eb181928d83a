"""A citizen's own data, gathered when they follow the link that they asked for: chats, cases, evidence, looks, wishes.

The link counts once and for an hour; of its secret only a hash is kept. Of a
case that others filed only the citizen's own part is told, of any case nobody's
work notes and nobody's name but theirs. Who was forgotten has no link any more.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain.lifecycle import CITIZEN, RULES, Status
from backend.domain.questionnaire import Questionnaire
from backend.services.cases import reporters, view
from backend.services.cases.reporters import JOINERS
from backend.services.privacy import looks
from backend.services.talks import bulletins
from dialogs.events import CopyReady

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from backend.domain.case import Case
    from backend.domain.questionnaire import Question
    from backend.store.bulletins import Bulletin
    from backend.store.campaigns import Answered, Member
    from backend.store.evidence import EvidenceRow
    from backend.store.history import PastEvent
    from backend.store.journal import Line
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

LASTS = timedelta(hours=1)
PATH = "/chat/copy/"
FOR = "copy"
"""What its codes are kept for, where others name an institution."""
MOST_LINES = 20_000
TOLD = frozenset({"answer", "note", "ground"})
"""Private words of a move that the citizen was told."""
RATED = ("contacted", "solved", "satisfied", "reasons")
OWN_WORDS = frozenset({"filed", "said", "evidence", "rated", "corrected", "joined"})


def offer(work: UnitOfWork, person: Person, *, at: datetime) -> CopyReady:
    """A new link for this person; their older ones no longer count."""
    secret = hashlib.sha256(work.salt() + work.salt() + f"{FOR}\n{person.id}\n{at.isoformat()}".encode()).hexdigest()[
        :32
    ]
    work.drafts.drop_codes(before=at)
    work.drafts.put_code(_digest(secret), FOR, person.id, expires=at + LASTS)
    return CopyReady(f"{PATH}{secret}", int(LASTS / timedelta(minutes=1)))


def counts(work: UnitOfWork, secret: str, *, at: datetime) -> bool:
    """Whether that link can still be used."""
    return work.drafts.whose_code(_digest(secret), at=at) is not None


def redeem(work: UnitOfWork, institutions: Institutions, secret: str, *, at: datetime) -> dict[str, Any] | None:
    """All that is kept of whose link it is, as JSON values; None: it does not count any more, or never did."""
    digest = _digest(secret)
    person = work.drafts.whose_code(digest, at=at)
    if person is None or not work.drafts.use_code(digest):
        return None
    return gathered(work, institutions, work.people.get(person), at=at)


def gathered(work: UnitOfWork, institutions: Institutions, person: Person, *, at: datetime) -> dict[str, Any]:
    """The same of a person we know."""
    roles = work.cases.roles(person.id)
    cases = [_case(work, institutions, person, number, role) for number, role in sorted(roles.items())]
    return {
        "made_at": at.isoformat(),
        "channel": person.channel,
        "language": person.language,
        "conversation": [_line(line) for line in work.journal.talk(person.id, limit=MOST_LINES)],
        "not_registered": list(_drafts(work.forgetting.conversations(person.id))),
        "cases": cases,
        "surveys": [
            _survey(work, institutions, member, person.language) for member in work.campaigns.of_person(person.id)
        ],
        "no_more_surveys": work.campaigns.refused(person.id),
        "notices_wanted": work.people.wish(person.id) or "all",
        "bulletins": [_bulletin(institutions, one, person.language) for one in work.bulletins.all_of(person.id)],
        "looks": [
            {"at": look.at.isoformat(), "by": look.department, "program": look.program}
            for look in looks.of_person(work, institutions, person).looks
        ],
    }


def _survey(work: UnitOfWork, institutions: Institutions, member: Member, language: str) -> dict[str, Any]:
    """What a campaign asked them, and what they answered."""
    campaign = work.campaigns.get(member.campaign)
    asked = Questionnaire.from_json(work.campaigns.questions(campaign.id, campaign.version))
    told = {one.question: one for one in work.campaigns.answers(campaign.id, member.person)}
    home = institutions.get(campaign.institution)
    return {
        "institution": home.name if home else campaign.institution,
        "title": campaign.title,
        "asked_at": member.asked_at.isoformat() if member.asked_at else None,
        "answers": [_answer(one, told[one.id], language) for one in asked.questions if one.id in told],
    }


def _answer(question: Question, told: Answered, language: str) -> dict[str, Any]:
    chosen = [question.label(value, language) for value in told.choices]
    return {
        "question": question.text(language),
        "at": told.at.isoformat(),
        "chosen": chosen,
        "words": told.words,
        "photos": len(told.photos),
    }


def _bulletin(institutions: Institutions, one: Bulletin, language: str) -> dict[str, Any]:
    home = institutions.get(one.institution)
    about = bulletins.name_of(home, one, language) if home else one.key
    return {"institution": home.name if home else one.institution, "about": about, "since": one.since.isoformat()}


def _case(work: UnitOfWork, institutions: Institutions, person: Person, number: str, role: str) -> dict[str, Any]:
    case, history = work.cases.get(number), work.cases.history(number)
    institution = institutions[case.institution]
    zone = ZoneInfo(institution.timezone)
    told: dict[str, Any] = {
        "number": number,
        "institution": institution.name,
        "role": role,
        "status": RULES[case.status].label,
        "filed_at": case.filed_at.astimezone(zone).isoformat(),
    }
    files = [row for row in work.evidence.of_case(number) if role not in JOINERS or row.person == person.id]
    told["evidence"] = [_file(row) for row in files]
    if role in JOINERS:
        own = [one for one in reporters.joint(history) if one.person == person.id]
        return told | {"told": [dict(one.facts) for one in own]}
    return told | _own(case, institution, history, zone)


def _own(case: Case, institution: Institution, history: Sequence[PastEvent], zone: ZoneInfo) -> dict[str, Any]:
    """A case of their own, whole, but for what the office noted for itself and what others told."""
    facts = view.case_json(case, institution, (), (), personal=True)
    keys = ("kind_label", "category", "matter", "department", "grade_label", "who", "what", "target", "when", "where",
            "request", "extra", "due")  # fmt: skip
    events = [told for event in history if (told := _event(event, zone))]
    return {key: facts[key] for key in keys} | {"answer": case.answer, "events": events}


def _event(event: PastEvent, zone: ZoneInfo) -> dict[str, Any]:
    """A line of the history, as far as it is the citizen's own or was told them; empty: it is neither."""
    told: dict[str, Any] = {"at": event.at.astimezone(zone).isoformat(), "what": event.what}
    if event.what == "moved":
        status = Status(event.detail["to"])
        heard = TOLD if RULES[status].told else ()
        return (
            told
            | {"status": RULES[status].label}
            | {key: event.private[key] for key in heard if event.private.get(key)}
        )
    if event.what == "erased" or (event.what in OWN_WORDS and event.by == CITIZEN and "voice" not in event.detail):
        rated = {key: value for key in RATED if (value := event.detail.get(key)) is not None}
        return told | rated | {key: words for key in ("text", "remark") if (words := event.private.get(key))}
    if event.what == "said" and event.private.get("text"):
        return told | {"text": event.private["text"]}
    return {}


def _file(row: EvidenceRow) -> dict[str, Any]:
    return {"kind": row.kind, "filename": row.filename, "bytes": row.bytes, "sha256": row.sha256, "at": row.at.isoformat(),
            "words": row.words}  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    files = [str(file.get("filename", "")) for file in (line.message or {}).get("files", ())]
    return {"at": line.at.isoformat(), "who": line.who, "text": line.text} | ({"files": files} if files else {})


def _drafts(states: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What was told and is no case yet."""
    for state in states:
        parts = (state.get("draft"), *state.get("waiting", ()), *(kept.get("draft") for kept in state.get("shelf", ())))
        yield from (part["values"] for part in parts if part and part.get("values"))


def _digest(secret: str) -> str:
    return hashlib.sha256(f"{FOR}\n{secret}".encode()).hexdigest()
