"""What is said when the case exists: its number, who has it, and until when they answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import papers
from dialogs.speaking.saying import speak
from dialogs.values.times import say_time
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import CaseFiled
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def filed(institution: Institution, now: Conversation, event: CaseFiled) -> Result:
    """Tell the number; in danger, the numbers to call once more."""
    language, urgent = now.language, now.draft.grade == "emergency"
    zone = ZoneInfo(institution.timezone)
    at = say_time(event.promised, zone, language) if event.promised else ""
    promise = phrase(language, "receipt.promise", at=at) if at else ""
    idle = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, number=event.number)
    if urgent:
        danger = phrase(language, f"danger.{now.draft.danger}") if now.draft.danger else ""
        return speak(idle, phrase(language, "receipt.urgent", number=event.number), danger)
    receipt = phrase(language, "receipt", number=event.number, department=event.department, promise=promise)
    missing = papers.on_receipt(institution, now, event.until, zone)
    late = papers.too_late(institution, now, event.late)
    return speak(idle, receipt, *late, *missing, "" if missing else phrase(language, "receipt.evidence"))
