"""Who joined a case, as the desk lists them: masked like who filed it, until somebody looks on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.services.cases import reporters
from backend.services.privacy.masking import masked_name, masked_phone
from backend.web.desk.view import Label, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.store.history import PastEvent
    from backend.web.desk.view import Reader
    from institutions.model import Institution


@dataclass(frozen=True, slots=True)
class Joint:
    """One of them. Erased texts are empty."""

    voice: int
    name: str
    contact: str
    words: str
    at: Moment
    left: bool


def joint(history: Iterable[PastEvent], institution: Institution, reader: Reader) -> list[Joint]:
    """Those who joined, in their order; who left stays listed, and says so."""
    return [_shown(one, institution, reader) for one in reporters.joint(history)]


def people(count: int, reader: Reader) -> Label | None:
    """Of how many people it is the matter, where they are several."""
    return Label(reader.t("case.people", n=count)) if count > 1 else None


def _shown(one: reporters.Reporter, institution: Institution, reader: Reader) -> Joint:
    name, contact = ("" if reader.accused else str(one.facts.get(key) or "") for key in ("who", "contact"))
    shown = reader.shown and not (one.facts.get("confidential") and reader.unseen)
    return Joint(
        one.voice,
        name if shown else masked_name(name) or "",
        contact.removeprefix("+86") if shown else masked_phone(contact) or "",
        reader.private(str(one.facts.get("what") or "").strip()),
        reader.moment(one.at, institution),
        one.left,
    )
