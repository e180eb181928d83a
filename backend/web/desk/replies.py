"""Words to begin an answer with: the institution's own reply templates, with the case's facts already in them.

What a handler still has to write stands there in 【】 or [brackets], as the institution's file has it. They are in the
language that the citizen reads.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.services.cases.deciding import object_by
from dialogs.values.times import say_time
from dialogs.wording import EN, named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.services.office.desk import Whole
    from backend.web.desk.view import Reader
    from institutions.model import Institution

MOST_WORDS = 60
"""So much of the citizen's story is said again."""
Samples = tuple[tuple[str, str], ...]
"""(what it is called, its words)."""


def samples(whole: Whole, institution: Institution, reader: Reader, to: str) -> Samples:
    """The templates for entering that status, or for a ``message``."""
    language = next((person.language for person in whole.followers.values()), reader.language)
    facts = _facts(whole, institution, replace(reader, language=language))
    return tuple(
        (reader.name(row), named(language, row.text, row.text_en).format_map(facts))
        for row in institution.casework.replies
        if row.to == to
    )


def _facts(whole: Whole, institution: Institution, reader: Reader) -> Mapping[str, str]:
    """What may stand in braces; what the case does not have is left for the handler to write."""
    case, language, zone = whole.case, reader.language, ZoneInfo(institution.timezone)
    blank = "[{}]" if language == EN else "【{}】"

    def time(at: datetime | None) -> str:
        return say_time(at, zone, language) if at else blank.format(named(language, "时间", "time"))

    said = " ".join(str(case.facts.get("what") or "").split())
    place = str((case.facts.get("where") or {}).get("text") or "")
    name = str((case.facts.get("who") or {}).get("name") or "")
    office = institution.office(case.department_id)
    return {
        "number": case.number,
        "what": reader.private(said[:MOST_WORDS] + ("…" if len(said) > MOST_WORDS else "")),
        "where": reader.private(place) or blank.format(named(language, "地点", "place")),
        "department": named(language, office.name, office.name_en),
        "filed": time(case.filed_at),
        "due": time(case.due.get("answer") or min(case.due.values(), default=None)),
        "name": reader.private(name) or named(language, "您", "you"),
        "review": time(object_by(institution, reader.now)),
    }
