"""Is there an open case of others that tells of the same? What may be shown of it holds no word and no name of theirs.

Looked at are the newest open complaints of the same institution and category
that name the same place; the likest is offered. Not offered: emergencies, what is
reported in confidence, reports of misconduct (举报), and a case of one's own.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import PLAIN, Status
from backend.services.privacy.masking import masked_text
from dialogs.conversation import Alike
from dialogs.draft import nearing
from nlp.topics.incident import SAME, Place, Telling, placed, score, thing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.conversation import Draft
    from institutions.model import Institution

OPEN = frozenset(
    {
        Status.RECEIVED,
        Status.SUPPLEMENTING,
        Status.ACCEPTED,
        Status.ASSIGNED,
        Status.RETURNED,
        Status.INVESTIGATING,
        Status.MEDIATING,
        Status.PLANNED,
        Status.REVIEWING,
        Status.REOPENED,
    }
)
"""Somebody works on it: whoever joins now still hears an answer."""
KINDS = frozenset({"complaint", "help"})
CATEGORIES = 3
"""The likeliest categories of what is told, among which others' cases are looked for."""
SEEN, COMPARED = 500, 20
"""Newest cases of a category whose place is read; those at the same place that are compared in full."""
REMEMBERED = 20_000
"""Cases whose place this process knows, in the version that it has read."""
ROUGH = ("compound", "village", "community", "road", "school", "street", "district")
"""What may be shown of a place, the first that is told."""


_places: dict[tuple[str, int, str], Place] = {}
"""By number, version and head: what the database has changed is read anew."""


def find(work: UnitOfWork, institution: Institution, person: Person, draft: Draft, *, at: datetime) -> Alike | None:
    """The case to offer, or None."""
    proposal = draft.proposal
    if not institution.joining.offered or draft.grade == "emergency" or draft.kind not in KINDS or not proposal:
        return None
    told = telling(draft.values, at)
    place = placed(told)
    rows = work.cases.near(
        institution.id,
        list(dict.fromkeys(one["category_id"] for one in proposal["top"]))[:CATEGORIES],
        statuses=OPEN,
        kinds=KINDS,
        since=at - timedelta(days=institution.joining.days),
        limit=SEEN,
    )
    here = islice((row[0] for row in rows if place.meets(_place(work, row, at=at))), COMPARED)
    cases = (work.cases.get(number) for number in here if not work.cases.is_bound(number, person.id))
    found = [(score(told, telling(case.facts, case.filed_at)), case) for case in cases if _may_be_shown(case, draft)]
    alike = [(value, case) for value, case in found if value >= SAME]
    if not alike:
        return None
    _, best = max(alike, key=lambda pair: (pair[0], pair[1].number))
    return shown(work, institution, best, thing(told, telling(best.facts, best.filed_at)))


def shown(work: UnitOfWork, institution: Institution, case: Case, about: str = "") -> Alike:
    """What others may see of a case. *about*: a word of ours for what both tell of; without it, its category."""
    category = institution.category(case.category_id)
    matter = next((one for one in category.matters if f"{category.id}/{one.id}" == case.matter_id), category)
    department, (label, label_en) = institution.office(case.department_id), PLAIN[case.status]
    return Alike(
        number=case.number,
        matter=about or matter.name,
        matter_en=matter.name_en or matter.name,
        place=rough(case.facts.get("where") or {}),
        since=case.filed_at.isoformat(),
        people=max(1, len(work.cases.reporters(case.number))),
        label=label,
        label_en=label_en,
        department=department.name,
        department_en=department.name_en or department.name,
    )


def rough(where: Mapping[str, Any]) -> str:
    """The estate or road, without the house; empty where none is told."""
    pieces = nearing.named(dict(where.get("pieces") or {}))
    return masked_text(next((pieces[kind] for kind in ROUGH if pieces.get(kind)), ""))


def telling(values: Mapping[str, Any], at: datetime) -> Telling:
    """A draft's values, or a case's facts, as they are compared."""
    where = values.get("where") or {}
    lat, lon = where.get("lat"), where.get("lon")
    spot = (float(lat), float(lon)) if lat is not None and lon is not None else None
    pieces = nearing.named(dict(where.get("pieces") or {}))
    return Telling(str(values.get("what") or ""), at, str(where.get("text") or ""), pieces, spot)


def _may_be_shown(case: Case, draft: Draft) -> bool:
    """Not what was told in confidence, and not one's own that was told in another chat."""
    who = case.facts.get("who") or {}
    own = bool(who.get("contact")) and who.get("contact") == draft.values.get("contact")
    return case.grade != "emergency" and not who.get("confidential") and not own


def _place(work: UnitOfWork, row: tuple[str, int, str], *, at: datetime) -> Place:
    """Where a case is; each is asked for by many that come after it, and read once."""
    known = _places.get(row)
    if known is None:
        if len(_places) >= REMEMBERED:
            _places.clear()
        known = _places[row] = placed(telling({"where": work.cases.where(row[0])}, at))
    return known
