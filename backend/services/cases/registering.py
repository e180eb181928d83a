"""Staff write down what somebody tells by phone, at the counter, by letter or e-mail: the same case as from a chat.

``read`` understands and is slow, so it runs outside the unit; ``beside`` looks
what there is already; ``save`` files it or joins it to a case, once a form.
No chat follows such a case until its slip's code is typed in one (see ``slips``).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import rights
from backend.domain.case import Event
from backend.services.cases import casework, filing, finding, likeness, reporters
from backend.services.cases.changing import save as save_case
from backend.services.cases.reporters import JOINT
from backend.services.office.desk import OnlyLooks
from backend.services.talks import slips
from backend.services.talks.intake import storable
from backend.store.search import Wanted
from dialogs.conversation import Conversation, Draft
from dialogs.draft import asking, noting
from dialogs.events import Heard
from dialogs.slots import SLOTS
from dialogs.values.reading import Rejected
from nlp.topics.incident import SAME, same_place, score
from nlp.understand import understand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.services.talks.intake import StoredFile
    from backend.store.work import UnitOfWork
    from institutions.model import Institution
    from nlp.facts import Facts

    Institutions = Mapping[str, Institution]

LONGEST = 20_000
"""Characters of one field."""
UNTOLD = frozenset("无 没有 没说 未说 未告知 不清楚 不知道 不详 - — / none no unknown n/a".split())
"""What stands in a field whose answer the citizen does not know or did not tell."""
A_MATTER = 10  # characters from which staff's own words are a matter, whatever we make of them
PERSONAL = frozenset({"who", "contact"})
ALIKE, EARLIER = 4, 5
"""So many cases are shown of each."""
COMPARED = 60
"""Newest cases of the likely categories whose place is compared."""


class Unfit(Exception):
    """The form cannot be filed as it is: what is missing, or wrong."""

    def __init__(self, read: Read) -> None:
        super().__init__(
            f"missing: {', '.join(read.missing) or 'nothing'}; wrong: {', '.join(read.wrong) or 'nothing'}"
        )
        self.read = read


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was filled in. Empty: as it is understood or proposed."""

    form: str = ""  # its own random key
    source: str = "phone"  # one of ``slips.SOURCES``
    texts: Mapping[str, str] = field(default_factory=dict)  # by slot
    kind: str = ""
    anonymous: bool = False
    confidential: bool = False
    place: str = ""  # category, or matter by its path
    department: str = ""
    grade: str = ""
    join: str = ""  # the number of the case that it is told of once more
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a form tells."""

    draft: Draft
    facts: Facts
    wrong: Mapping[str, Rejected]  # by slot
    missing: tuple[str, ...]  # slots, in the order of the form
    heard: tuple[str, ...]  # slots that the story tells and whose fields are empty


@dataclass(frozen=True, slots=True)
class Beside:
    """What there is already."""

    alike: tuple[Case, ...] = ()  # open cases of the same incident, the likest first
    earlier: tuple[Case, ...] = ()  # of the same phone, newest first


@dataclass(frozen=True, slots=True)
class Registered:
    """What has become of a form. ``code`` is told now and never again."""

    case: Case
    code: str
    voice: int = 1


def slots(institution: Institution) -> tuple[str, ...]:
    """The slots that the form asks for, the story first."""
    return tuple(dict.fromkeys(("what", *(key for key in institution.slots if key != "evidence"))))


def needed(institution: Institution, draft: Draft) -> tuple[str, ...]:
    """The slots without which such a case is not filed; in an emergency few."""
    wanted = asking.URGENT if draft.grade == "emergency" else institution.needs(draft.kind)
    return tuple(dict.fromkeys(("what", *(key for key in wanted if key != "evidence"))))


def read(typed: Typed, institution: Institution, *, at: datetime) -> Read:
    """Understand a form. Pure but slow: a few milliseconds for each field."""
    now = at.astimezone(ZoneInfo(institution.timezone))
    story = storable(typed.texts.get("what", "")).strip()
    facts = understand(story, now=now, institution=institution)
    draft = noting.gathered(institution, Conversation(), Heard(story, facts, at)).draft if story else Draft()
    heard = tuple(key for key in slots(institution) if key in draft.values and key != "what")
    wrong: dict[str, Rejected] = {}
    skipped: list[str] = []
    for key in slots(institution):
        text = storable(typed.texts.get(key, "")).strip()
        if not text:
            continue
        if text.lower() in UNTOLD and key != "what":
            skipped.append(key)
            draft = draft.without(key)
            continue
        try:
            told = facts if key == "what" else understand(text, now=now, institution=institution)
            draft = draft.with_value(key, SLOTS[key].read(text, told))
        except Rejected as error:
            if key == "what" and len(text) >= A_MATTER:
                draft = draft.with_value(key, text)
            else:
                wrong[key] = error
    draft = _marked(typed, institution, replace(draft, skipped=tuple(skipped)), facts, story)
    empty = tuple(key for key in heard if not typed.texts.get(key, "").strip() and key in draft.values)
    return Read(draft, facts, wrong, _missing(institution, draft, wrong), empty)


def beside(work: UnitOfWork, institution: Institution, read: Read, *, by: Actor, at: datetime) -> Beside:
    """Open cases that tell the same, and the same person's earlier ones, as far as this actor may see them."""
    phone = finding.digits(str(read.draft.values.get("contact") or ""))
    earlier: list[Case] = []
    if phone:
        asked = finding.Question(Wanted(phone=phone))
        earlier, _ = finding.find(work, asked, by=by, institution=institution.id, now=at, limit=EARLIER)
    return Beside(_alike(work, institution, read.draft, by=by, at=at), tuple(earlier))


def save(
    work: UnitOfWork,
    institutions: Institutions,
    institution: Institution,
    typed: Typed,
    read: Read,
    *,
    by: Actor,
    at: datetime,
) -> Registered:
    """File what was read, or join it to a case; the same form a second time is the same case, with a new code.

    Raises: OnlyLooks, Unfit, NoSuchCase, NotYours, Unknown.
    """
    if not rights.may(by, "register") or by.institution not in {None, institution.id}:
        raise OnlyLooks(by.name)
    work.lock_person("desk", typed.form)
    if slip := work.slips.of_form(typed.form):
        case = work.cases.get(slip.number)
        return Registered(case, slips.issue(work, typed.form, slip.number, slip.voice, at=at), slip.voice)
    if read.missing or read.wrong:
        raise Unfit(read)
    draft = replace(read.draft, evidence=_kept(work, typed.files, at=at))
    if typed.join:
        case, voice = _joined(work, institution, typed, draft, by=by, at=at)
    else:
        case, voice = _filed(work, institutions, institution, typed, draft, by=by, at=at), 1
    return Registered(case, slips.issue(work, typed.form, case.number, voice, at=at), voice)


def printed_again(work: UnitOfWork, institutions: Institutions, number: str, *, by: Actor, at: datetime) -> Registered:
    """The slip of who filed that case, with a new code, on record. Raises: NoSuchCase, NotYours, OnlyLooks."""
    case = casework.opened(work, number, by=by, lock=True)
    if not rights.may(by, "register") or case.source not in slips.SOURCES:
        raise OnlyLooks(by.name)
    first = next((slip.form for slip in work.slips.of_case(number) if slip.voice == 1), f"again {number}")
    code = slips.issue(work, first, number, 1, at=at)
    case.note(Event(at, by.name, "noted", {"act": "slip"}))
    save_case(work, institutions[case.institution], case)
    return Registered(case, code)


def _marked(typed: Typed, institution: Institution, draft: Draft, facts: Facts, story: str) -> Draft:
    """With what was ticked and chosen. What staff write down is a matter, so there is a proposal for it."""
    kind = typed.kind if typed.kind in institution.kinds else draft.kind
    draft = replace(draft, kind=kind, matters=(), kinds=(), maybe=())
    if story and draft.proposal is None:
        draft = replace(draft, proposal=asdict(facts.proposal))
    if typed.grade:
        draft = replace(draft, grade=typed.grade)
    if typed.anonymous and institution.anonymous:
        draft = draft.without("who").without("contact").with_value("anonymous", value=True)
    if typed.confidential and institution.confidential == "offered":
        draft = draft.with_value("confidential", value=True)
    return draft


def _missing(institution: Institution, draft: Draft, wrong: Mapping[str, Rejected]) -> tuple[str, ...]:
    nameless = PERSONAL if draft.values.get("anonymous") else frozenset[str]()
    known = {*draft.values, *draft.skipped, *wrong, *nameless}
    return tuple(key for key in needed(institution, draft) if key not in known)


def _alike(work: UnitOfWork, institution: Institution, draft: Draft, *, by: Actor, at: datetime) -> tuple[Case, ...]:
    if not draft.proposal or draft.kind not in likeness.KINDS:
        return ()
    told = likeness.telling(draft.values, at)
    rows = work.cases.near(
        institution.id,
        list(dict.fromkeys(one["category_id"] for one in draft.proposal["top"]))[: likeness.CATEGORIES],
        statuses=likeness.OPEN,
        kinds=likeness.KINDS,
        since=at - timedelta(days=institution.joining.days),
        limit=COMPARED,
    )
    found: list[tuple[float, Case]] = []
    for row in rows[:COMPARED]:
        case = work.cases.get(row[0])
        other = likeness.telling(case.facts, case.filed_at)
        if rights.sees(by, case) and same_place(told, other) and (value := score(told, other)) >= SAME:
            found.append((value, case))
    return tuple(case for _, case in sorted(found, key=lambda pair: (-pair[0], pair[1].number))[:ALIKE])


def _kept(work: UnitOfWork, files: tuple[StoredFile, ...], *, at: datetime) -> tuple[tuple[int, str], ...]:
    kept = []
    for file in files:
        told: Any = {"kind": file.kind, "media_type": file.media_type, "filename": file.filename, "sha256": file.sha256}
        kept.append((work.evidence.add(None, **told, size=file.size, at=at), file.kind))
    return tuple(kept)


def _filed(
    work: UnitOfWork,
    institutions: Institutions,
    institution: Institution,
    typed: Typed,
    draft: Draft,
    *,
    by: Actor,
    at: datetime,
) -> Case:
    case = filing.file_case(work, institution, None, draft, at=at, source=typed.source, by=by.name)
    category, _, matter = typed.place.partition("/")
    changes = {"category": category, "matter": typed.place if matter else ""} if category else {}
    changes |= {"department": typed.department} if typed.department else {}
    if not changes or case.sealed:  # who registers does not open what is sealed
        return case
    return casework.correct(work, institutions, case.number, changes, by=by, at=at)


def _joined(
    work: UnitOfWork, institution: Institution, typed: Typed, draft: Draft, *, by: Actor, at: datetime
) -> tuple[Case, int]:
    """Their words and files stand in the history of the case, as those of who joins in a chat do."""
    case = casework.opened(work, typed.join, by=by, lock=True)
    if case.institution != institution.id or case.status not in likeness.OPEN:
        raise casework.Unknown("join", typed.join)
    before = reporters.joint(work.cases.history(case.number))
    voice = max((one.voice for one in before), default=1) + 1
    private = {"facts": json.dumps(draft.values, ensure_ascii=False)}
    if what := str(draft.values.get("what") or "").strip():
        private["text"] = what
    case.note(Event(at, by.name, "joined", {"role": JOINT, "voice": voice, "channel": typed.source}, private))
    for key, kind in draft.evidence:
        row = work.evidence.get(key)
        case.note(Event(at, by.name, "evidence", {"id": key, "kind": kind, "sha256": row.sha256, "voice": voice}))
    work.evidence.attach(case.number, [key for key, _ in draft.evidence])
    save_case(work, institution, case)
    return case, voice


def told_of(values: Mapping[str, Any], language: str, key: str) -> str:
    """A value of a draft as people read it."""
    return SLOTS[key].show(values[key], language)
