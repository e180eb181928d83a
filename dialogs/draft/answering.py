"""One open question: the answer, something else told instead, a skip, a step back, or asking again and why."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import declines, hands_in
from dialogs.draft import asking, away, papers, stuck, trying
from dialogs.draft.correcting import ask_again, corrected
from dialogs.draft.filling import A_WORD, BESIDE, SUBSTANCE, answer, completed, leftover
from dialogs.draft.noting import gathered, lead
from dialogs.slots import ASSERTED, SLOTS
from dialogs.values.reading import Rejected
from dialogs.wording import named, phrase
from nlp.questions import faq
from nlp.who.people import is_name

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

STATED = ASSERTED - {"target"}
"""Slots that "好的" cannot be the answer to."""
NUMBERS = frozenset(
    "phone_number representatives card_number order_number booking ticket receipt batch driver_number".split()
)
"""Slots whose answer may look like a phone number."""
SAYINGS = frozenset({"benefit", "raised_before", "claim_sum", "area"})
"""Slots whose answer is a sentence and may hold a wish."""
SELF = re.compile(r"^\s*(?:我|俺|本人|免贵|my name|i am|i'm)", re.IGNORECASE)
OF_FILES = re.compile(
    r"照片|相片|图片?|视频|录音|录像|截图|文件|证据|材料|发票|小票|合同|单据|监控|[发传拍录]|等[下会]|稍等|一会|马上|待会|手头|手机里|^(?:有|在)|photo|picture|video|record|file|evidence|send|upload|later|moment|wait",
    re.IGNORECASE,
)
"""Words about the files themselves, or that they come."""
URGES = re.compile(
    r"(?:请|麻烦|希望|你们|能不能|要求|让他们?|叫他们?)*(?:快|赶紧|赶快|尽快|尽早|早点|抓紧|立刻|立即|给我|退|赔|修|换)"
)
"""How a short wish begins: 快点修好."""
OF_HABIT = re.compile(
    r"都|也|还|就|总|老|是|在|从|到|的|了|吧|啊|呢|大概|差不多|左右|开始|一般|基本上?|每次|经常|一直|通常|[，。,.\s]"
)
"""Words that say how sure or how often a time is, and nothing of a place."""
SHORT_WISH, A_NAME, WORDS = 15, 2, 3  # characters; characters of a name; words of English that tell something
LISTED = 3  # slots that are named when something is still missing
NO_TIME = ("what", "where", "target")
"""Who tells one of these and no time has not said when."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """A message or choice while the slot in ``asking`` is open."""
    if now.asking == trying.SLOT and trying.not_yet(heard.text):
        return trying.go_on(institution, now, heard)
    return _taken(institution, now, heard, word)


def _taken(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    match word:
        case "skip":
            return _skip(institution, now)
        case "location" | "contact":  # the button's words without what it sends
            return asking.ask(institution, now, now.asking, phrase(now.language, f"share.{word}"))
        case "back":
            return _back(institution, now)
        case "change":
            return asking.changeable(institution, now)
        case "submit" | "yes" | "thanks" if hands_in(heard.text) or now.asking in STATED:
            return _agreed(institution, now, heard)
        case "anonymous" if institution.anonymous:
            return asking.ask_next(institution, nameless(now), phrase(now.language, "anonymous.kept"))
    amended = corrected(now.draft, heard, institution)
    if amended.wrong is not None and now.draft.values:
        return ask_again(institution, now, amended.wrong)
    if amended.changed:
        draft = completed(amended.draft, heard, institution)
        fixed, said = replace(now, draft=draft), lead(now, heard, draft, "noted.fixed")
        if now.asking in amended.changed:
            return asking.ask_next(institution, fixed, *said)
        return asking.ask(institution, fixed, now.asking, *said)
    return _told(institution, now, heard)


def _agreed(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """What to do with "好的" and "提交" where they are no answer; who agrees when asked for a wish has none."""
    if hands_in(heard.text) and "what" in now.draft.values:
        return _handed_in(institution, now)
    if now.asking == "request":
        return _skip(institution, now)
    why = Rejected("reject.file" if now.asking == "evidence" else "reject.words")
    return stuck.again(institution, now, heard, why, [])


def _told(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """No correction: what the message tells, or the answer to what was asked."""
    told = gathered(institution, now, heard, asked=now.asking)
    if "what" not in now.draft.values and (row := away.first_time(institution, told)):
        return away.told(institution, told, row, *lead(now, heard, told.draft)[:-1])
    if _answered(now, told.draft):
        return asking.ask_next(institution, told, *lead(now, heard, told.draft))
    return _read(institution, now, told, heard)


def _answered(now: Conversation, draft: Draft) -> bool:
    if len(draft.voices) > len(now.draft.voices) and now.asking in {*draft.skipped, *draft.values}:
        return True
    if now.asking == "evidence":
        return len(draft.evidence) > len(now.draft.evidence)
    return draft.values.get(now.asking) != now.draft.values.get(now.asking)


def _read(institution: Institution, now: Conversation, told: Conversation, heard: Heard) -> Result:
    """The facts did not hold what was asked for: read the words as the answer, or ask again and say why."""
    key, first = now.asking, lead(now, heard, told.draft)
    something = told.draft.values != now.draft.values
    if not heard.text.strip():
        return asking.ask(institution, told, key, *first)
    if key != "what" and declines(heard.text) and not something:
        return _skip(institution, told)
    if key in BESIDE and not something and _more_of_time(now, heard):
        story = f"{told.draft.values.get('what', '')}\n{heard.text.strip()}".strip()
        added = replace(told, draft=told.draft.with_value("what", story))
        return asking.ask(institution, added, key, *first, phrase(now.language, "noted.added"))
    if key == "evidence" and not something and _tells(heard):
        added = replace(told, draft=_kept(institution, told.draft, heard))
        more = added.draft.values.get("what") != now.draft.values.get("what")
        said = [phrase(now.language, "noted.added")] if more else lead(now, heard, added.draft)
        return asking.ask(institution, added, key, *said)
    if (something and _tells_something_else(now, told, heard)) or (key == "where" and _tells_only_a_time(heard)):
        return asking.ask(institution, told, key, *first)
    try:
        draft = answer(told.draft, heard, key)
    except Rejected as why:
        return (
            asking.ask(institution, told, key, *first)
            if something
            else stuck.again(institution, told, heard, why, first)
        )
    return asking.ask_next(institution, replace(told, draft=draft), *lead(now, heard, draft))


def _tells(heard: Heard) -> bool:
    """Whether words where files were asked for tell anything: neither "有" nor how or when they will be sent."""
    plain = heard.text.strip()
    few = len(re.findall(r"[\u3400-\u9fff]", plain)) < A_NAME and len(re.findall(r"[A-Za-z]{2,}", plain)) < WORDS
    return not few and not OF_FILES.search(plain) and faq.tells(plain)


def _kept(institution: Institution, draft: Draft, heard: Heard) -> Draft:
    """The draft with words that were no file: a name, a wish, else more of the story."""
    wanted, text = institution.slots, heard.text.strip()
    if "who" in wanted and "who" not in draft.values and not draft.values.get("anonymous") and is_name(text):
        return draft.with_value("who", text)
    if "request" in wanted and "request" not in draft.values and URGES.match(text) and len(text) <= SHORT_WISH:
        return draft.with_value("request", text)
    story = str(draft.values.get("what", ""))
    return draft if text in story else draft.with_value("what", f"{story}\n{text}".strip())


def _tells_something_else(now: Conversation, told: Conversation, heard: Heard) -> bool:
    """Whether words that were understood are no answer besides: a correction, more of the story, or only a wish."""
    if now.asking in asking.FREE:
        return len(leftover(heard)) < SUBSTANCE
    if now.asking == "when" and any(told.draft.values.get(key) != now.draft.values.get(key) for key in NO_TIME):
        return True
    if now.asking not in ASSERTED | NUMBERS and not leftover(heard) and _of_themself(heard):
        return True
    wish = heard.facts.request or ""
    thing = now.asking in {"when", "where"} or now.asking not in ASSERTED | SAYINGS
    return thing and bool(wish) and len(leftover(heard).replace(wish, "")) < A_WORD


def _tells_only_a_time(heard: Heard) -> bool:
    """Whether nothing but a time was said: "都是夜里十二点以后"."""
    return heard.facts.when is not None and not OF_HABIT.sub("", leftover(heard))


def _of_themself(heard: Heard) -> bool:
    """Whether the citizen tells who they are: "我姓赵", or a phone number."""
    return bool(heard.facts.contact or (heard.facts.who and SELF.match(heard.text)))


def _more_of_time(now: Conversation, heard: Heard) -> bool:
    """Whether the words tell a time and nothing else, and not the one that stands there; a name has none in it."""
    told, known = heard.facts.when, now.draft.values.get("when", {})
    if told is None or told.text in known.get("text", ""):
        return False
    return now.asking in asking.PERSONAL or len(leftover(heard)) < A_WORD or _tells_only_a_time(heard)


def _skip(institution: Institution, now: Conversation) -> Result:
    """Leave a question open. Where a name is needed that is asked for twice, then the case is taken without."""
    key, draft = now.asking, now.draft
    if key == "what" and "what" not in draft.values:
        return asking.ask(institution, now, key, phrase(now.language, "skip.what"))
    skipped = replace(now, draft=replace(draft, skipped=(*draft.skipped, key)))
    needless = institution.anonymous or key not in institution.needs(draft.kind)
    if key not in asking.PERSONAL or needless or key in draft.values:
        return asking.ask_next(institution, skipped, *(papers.later(institution, skipped) if key == "evidence" else ()))
    if tries := draft.tries.get(key, 0):
        return asking.ask_next(institution, skipped, phrase(now.language, "skip.without"))
    name = named(now.language, institution.name, institution.name_en)
    refused = replace(now, draft=replace(draft, tries={**draft.tries, key: tries + 1}))
    return asking.ask(institution, refused, key, phrase(now.language, "skip.refused", institution=name))


def _handed_in(institution: Institution, now: Conversation) -> Result:
    """They want it sent as it is: ask no more than what it cannot be taken without."""
    draft, language = now.draft, now.language
    still = tuple(asking.open_slots(institution, draft))
    lacking = [key for key in still if key in institution.needs(draft.kind) and key != "evidence"]
    skipped = replace(now, draft=replace(draft, skipped=(*draft.skipped, *(k for k in still if k not in lacking))))
    lead = papers.later(institution, skipped) if "evidence" in still else ()
    if not lacking:
        return asking.ask_next(institution, skipped, *lead)
    labels = phrase(language, "mark.and").join(SLOTS[key].called_in(language) for key in lacking[:LISTED])
    key = "draft.missing.more" if len(lacking) > LISTED else "draft.missing"
    return asking.ask_next(institution, skipped, *lead, phrase(language, key, slots=labels))


def _back(institution: Institution, now: Conversation) -> Result:
    before = now.draft.asked[: now.draft.asked.index(now.asking)]
    if not before:
        return asking.ask(institution, now, now.asking, phrase(now.language, "back.first"))
    draft = replace(now.draft.without(before[-1]), asked=before)
    return asking.ask(institution, replace(now, draft=draft), before[-1], phrase(now.language, "back.done"))


def nameless(now: Conversation) -> Conversation:
    """The conversation without name and phone."""
    values = {k: v for k, v in now.draft.values.items() if k not in asking.PERSONAL} | {"anonymous": True}
    return replace(now, draft=replace(now.draft, values=values))
