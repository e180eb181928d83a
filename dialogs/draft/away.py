"""A matter that is not ours: whose it is and how to reach them is told once, and nothing filed unless it is wanted.

What is filed all the same says so (``Draft.away``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Stage
from dialogs.speaking.saying import speak
from dialogs.wording import named, phrase
from nlp.questions import elsewhere
from nlp.questions.wordings import INTERROGATIVE
from nlp.segment import normal

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.speaking.saying import Result
    from institutions.guidance import Elsewhere
    from institutions.model import Institution

LEAVES = re.compile(
    r"(?:好|行|嗯|哦|噢|可以|知道|明白|了解|懂|谢|不用|不要|不必|不登记|不了|算了|那?我?(?:这就|去|来|先)?(?:打|联系|找|问)|ok|okay|fine|noted)"
)
"""How the answer begins of who goes where they were sent."""
STAYS = re.compile(
    r"(?:我|那|还是|就|仍|仍然|也|要|得|想|帮我|请|麻烦)*(?:在?(?:这里?|你们(?:这里?|那)?))?(?:登记|提交|确认|投诉|记|报)(?:一下|吧|了|在这里?)*"
    r"|要的?|对的?|是的?|yes(?:please)?|register(?:it)?(?:here|please)*"
)
"""And of who wants it taken here."""

SHORT = 16  # characters of a question; what is longer tells something


def found(institution: Institution, draft: Draft) -> Elsewhere | None:
    """Whose matter the draft tells, where it is not ours."""
    what = str(draft.values.get("what", ""))
    if not what or draft.grade == "emergency":
        return None
    return elsewhere.find(what, institution, ours=_ours(draft), city=draft.city)


def first_time(institution: Institution, now: Conversation) -> Elsewhere | None:
    """The same, unless the citizen was told already."""
    return None if now.draft.away else found(institution, now.draft)


def told(institution: Institution, now: Conversation, row: Elsewhere, *lead: str) -> Result:
    """Say whose it is, and ask whether to take it all the same."""
    draft = replace(now.draft, away=row.say)
    away = replace(now, stage=Stage.ELSEWHERE, asking="", draft=draft)
    choices = _choices(institution, now)
    said = named(now.language, row.say, row.say_en)
    return speak(away, *lead, said, phrase(now.language, "elsewhere.ask"), choices=choices)


def again(institution: Institution, now: Conversation, *lead: str) -> Result:
    """The question once more."""
    return speak(now, *lead, phrase(now.language, "elsewhere.ask"), choices=_choices(institution, now))


def _choices(institution: Institution, now: Conversation) -> list[tuple[str, str]]:
    """What is likelier first: who takes everything may well take this."""
    keys = ["elsewhere.yes", "elsewhere.no"]
    return [(key, phrase(now.language, key)) for key in (keys if institution.takes is None else reversed(keys))]


def leaves(text: str, word: str) -> bool:
    """Whether the citizen goes where they were sent."""
    if word in {"elsewhere.no", "no", "skip", "thanks"}:
        return True
    return word != "elsewhere.yes" and not stays(text) and LEAVES.match(squeeze(text)) is not None


def wonders(text: str) -> bool:
    """Whether these words ask something that we cannot answer for another office."""
    return len(text.strip()) <= SHORT and INTERROGATIVE.search(normal(text).casefold()) is not None


def stays(text: str) -> bool:
    """Whether these words only say that it shall be taken here."""
    return STAYS.fullmatch(squeeze(text)) is not None


def _ours(draft: Draft) -> float:
    """What our own words weigh in what was told."""
    proposal = draft.proposal
    if not proposal or not proposal["top"]:
        return 0.0
    best = proposal["top"][0]["category"]
    return float(sum(why["weight"] for why in proposal["why"] if why["category"] == best))
