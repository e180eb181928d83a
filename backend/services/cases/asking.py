"""What a citizen reads who is asked to add something: what is missing, until when, and what follows if nothing comes.

Sentences only, in the citizen's language; who sends them, and when,
``notices`` and ``supplementing`` know.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from backend.domain import supplement
from dialogs.slots import SLOTS
from dialogs.wording import EN, HANT, ZH, named
from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.domain.case import Case
    from institutions.model import Institution

ZH_DAYS, EN_DAYS = "一二三四五六日", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNTIL = {"zh": "请在{day}（含当天）前补充。", "en": "Please send it by {day}, that day included."}
FOLLOWS = {
    "go_on": (
        "到时没有收到，我们就按现有的情况继续办。",
        "If nothing has come by then, we go on with what we have.",
    ),
    "go_back": (
        "到时没有收到，我们就按现有的材料重新审核。",
        "If nothing has come by then, your case is looked at again as it is.",
    ),
    "refuse": (
        "到时没有收到，这件就不受理了；材料齐了，随时可以再提出来。",
        "If nothing has come by then, your case is not taken up; you can come back with it at any time.",
    ),
}
"""By the institution's rule: ``casework.supervision.unanswered``."""


def labels(keys: Iterable[str], language: str) -> str:
    """What is missing, as the chat calls it."""
    called = [named(language, SLOTS[key].label, SLOTS[key].label_en) for key in keys if key in SLOTS]
    told = (", " if language == EN else "、").join(called)
    return traditional(told) if language == HANT else told


def note(lacks: Iterable[str], words: str) -> str:
    """The officer's words as the history keeps them: where there are none, what was ticked."""
    return words.strip() or labels(lacks, ZH)


def wanted(case: Case, words: str, language: str) -> str:
    """Everything that is asked for: what was ticked, then the officer's words."""
    lacks = case.record.get("supplement", {}).get("lacks", ())
    own = "" if words.strip() == labels(lacks, ZH) else words.strip()
    between = ". " if language == EN else "。"
    return between.join(part for part in (labels(lacks, language), own) if part)


def promised(institution: Institution, case: Case, language: str) -> str:
    """Until when, and what then; empty where no day was named."""
    day = case.record.get("supplement", {}).get("until")
    if not day or supplement.until(institution, case) is None:
        return ""
    return by_then(institution, date.fromisoformat(day), language)


def by_then(institution: Institution, day: date, language: str) -> str:
    """The same of a day that is only being chosen."""
    told = UNTIL[EN if language == EN else ZH].format(day=called(day, language))
    follows = named(language, *FOLLOWS[institution.casework.supervision.unanswered])
    joined = f"{told} {follows}" if language == EN else f"{told}{follows}"
    return traditional(joined) if language == HANT else joined


def called(day: date, language: str) -> str:
    """``11月25日（周三）``, ``Wednesday, 25 Nov``."""
    if language == EN:
        return f"{EN_DAYS[day.weekday()]}, {day.day} {day:%b}"
    return f"{day.month}月{day.day}日（周{ZH_DAYS[day.weekday()]}）"
