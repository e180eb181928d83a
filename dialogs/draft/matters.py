"""Several matters in one message: which they are, the question whether each becomes a case, and what its answer means.

Who acts on the answer is dialogs/draft/splitting.py. Where a text holds more than one matter, ``nlp.matters`` finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.wording import phrase
from nlp.matters import ANOTHER, LISTED
from nlp.segment import normal

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard
    from institutions.model import Institution

APART, ONE = "split.apart", "split.one"
BOTH = 2
SHOWN = 24  # characters of a matter in the question
_HEAD = re.compile(r"^[^。!?\n]{0,60}?(?:[两二三四几234]|多|好几)[件个点](?:事情?|问题|情况)?[^:,。]{0,6}[:,。]")
_MARKS = " \t\r\n,，。.;；、:：()（）"
_TOGETHER = re.compile(
    r"一起|合(?:成|并|在|到|一)|一并|一块|并(?:成|到|在|案)|(?:当|作|算|按)(?:成|作)?一[件个]|不(?:用|要|必|想)?分|together|one case"
)
_APART = re.compile(
    r"分(?:开|别|成|两)|单独|各(?:自|有|登|办|一)|两[件个条]|[2二三]件|都要|都(?:登|办|报)|separate|apart|both|each"
)


def told(heard: Heard) -> tuple[str, ...]:
    """The matters of a message in its own words, all of them together all of it; empty where it tells one."""
    found = heard.facts.matters
    if len(found) < 2 or heard.facts.danger or found[-1].end > len(heard.text):
        return ()
    ends = [*(matter.start for matter in found[1:]), len(heard.text)]
    starts = [0, *(matter.start for matter in found[1:])]
    return tuple(heard.text[start:end].strip() for start, end in zip(starts, ends, strict=True))


def kinds(institution: Institution, draft: Draft, heard: Heard, *, first: bool) -> tuple[str, ...]:
    """A complaint and a report, where both are asked for and it is not settled which it is; else nothing."""
    if draft.settled or draft.grade == "emergency" or len(institution.apart) < BOTH:
        return ()
    said = {*draft.kinds, *heard.facts.kinds} | ({draft.kind} if heard.facts.kinds and not first else set())
    both = tuple(kind for kind in institution.apart if kind in said)
    return both if len(both) == BOTH and "what" in draft.values else ()


def unmarked(matter: str) -> str:
    """A matter without the marks at its ends, which cut it off from the next."""
    return matter.strip(_MARKS)


def bare(matter: str) -> str:
    """A matter without the words that only count it: "还有一件事，", "2、", "反映两个问题："."""
    left = matter
    for cue in (_HEAD, ANOTHER, LISTED):
        if (found := cue.match(normal(left))) and left[found.end() :].strip(_MARKS):
            left = left[found.end() :].strip(_MARKS)
    return left.strip(_MARKS)


def brief(matter: str) -> str:
    """The beginning of a matter, for a question."""
    flat = " ".join(bare(matter).split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"


def question(now: Conversation) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """The sentences that ask whether each becomes a case of its own, and the buttons."""
    quoted = phrase(now.language, "mark.and").join(
        phrase(now.language, "mark.quoted", words=brief(matter)) for matter in now.draft.matters
    )
    choices = [(key, phrase(now.language, key)) for key in (APART, ONE)]
    return (phrase(now.language, "split.several", matters=quoted), phrase(now.language, "split.ask")), choices


def question_of_kinds(now: Conversation) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """The sentences that ask whether a complaint and a report become a case each, and the buttons."""
    ways = [APART, *(f"kinds.{kind}" for kind in now.draft.kinds)]
    return (phrase(now.language, "kinds.both"), phrase(now.language, "split.ask")), [
        (key, phrase(now.language, key)) for key in ways
    ]


def decided(text: str, word: str) -> str:
    """APART, ONE, or ``""`` where that is no answer. Who says both "both" and "together" wants one that holds both."""
    plain = squeeze(text)
    if word in {ONE, "no"} or (not word and len(plain) <= SHOWN and _TOGETHER.search(plain)):
        return ONE
    if word in {APART, "yes", "submit"} or (not word and len(plain) <= SHOWN and _APART.search(plain)):
        return APART
    return ""
