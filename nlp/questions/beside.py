"""What a message tells beside the questions about the office that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.questions import faq
from nlp.understand import understand

if TYPE_CHECKING:
    from datetime import datetime

    from institutions.model import Institution
    from nlp.facts import Facts


def beside(text: str, *, now: datetime, institution: Institution) -> Facts | None:
    """The facts of *text* without its questions, with offsets in the whole; None: it holds none, or nothing else."""
    parts = faq.parted(text, institution)
    return understand(parts.rest, now=now, institution=institution) if parts.asked and parts.rest else None
