"""In which language to answer: the one that was asked for, else the citizen's own as far as their words show it.

Asked for by words ("繁體", "English", "简体") it stays, until another is asked
for. Before that the first words of a matter count, and before any words the
channel's guess. ``zh`` is Chinese in simplified characters.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Stage
from dialogs.wording import EN, HANT, ZH, voice
from nlp.segment import normal

if TYPE_CHECKING:
    from dialogs.events import Heard
    from institutions.model import Institution

COMMANDS = {"english": EN, "chinese": ZH, "traditional": HANT}
"""What the commands ask for."""
SCRIPTS = frozenset({"hant", "hk", "tw", "mo"})
"""Parts of a language tag that say traditional characters."""
ENOUGH = 200  # characters that show what script somebody writes
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
GREETING = re.compile(
    r"\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|help)(?: (?:there|me|please|sir|madam|all))*\W*",
    re.IGNORECASE,
)
"""A greeting that is the whole first message says as much; the first words in Chinese change it back."""
WORDS = 3  # of English: fewer may be a plate, a product or "ok"


def closest(tag: str) -> str:
    """The language of ours that serves a tag such as ``zh-HK``, ``zh_Hant_TW`` or ``en-GB``; anything else is Chinese."""
    parts = tag.strip().casefold().replace("_", "-").split("-")
    if parts[0] == "en":
        return EN
    chinese_written = parts[0] in {"zh", "yue"} and "hans" not in parts and SCRIPTS & {*parts}
    return HANT if chinese_written else ZH


def voiced(institution: Institution, now: Conversation) -> Conversation:
    """The conversation, its language in this institution's own words and as slowly as was asked for."""
    return replace(now, language=voice(str(now.language), institution.wording, plain=is_slow(institution, now)))


def is_slow(institution: Institution, now: Conversation) -> bool:
    """Whether to speak in short sentences, one thing at a time."""
    return institution.elder if now.elder is None else now.elder


def switched(institution: Institution, now: Conversation, command: str) -> Conversation:
    """The conversation in the language that was asked for."""
    return voiced(institution, replace(now, language=COMMANDS[command], chosen=True))


def in_language(institution: Institution, now: Conversation, heard: Heard) -> Conversation:
    """The conversation, in the language that a message beginning a matter is written in."""
    begins = now.stage is Stage.IDLE or (now.stage is not Stage.CHANGING and not now.draft.values)
    if now.chosen or heard.choice or not begins or (language := _shown(heard.text, now.language)) == now.language:
        return now
    return voiced(institution, replace(now, language=language))


def _shown(text: str, before: str) -> str:
    """The language that a text shows, else the one before; characters that both scripts share show neither."""
    written = "".join(_CHINESE.findall(text[:ENOUGH]))
    if not written:
        english = GREETING.fullmatch(text) or len(_ENGLISH.findall(text)) >= WORDS
        return EN if english else before
    full = sum(one != other for one, other in zip(written, normal(written), strict=True))
    short = sum(_simplified_only(one) for one in written)
    if full and full >= short:
        return HANT
    return ZH if short or before == EN else before


def _simplified_only(character: str) -> bool:
    """Whether the mainland's character set has it and Taiwan's has not; 里 and 后 are in both."""
    return _in(character, "gb2312") and not _in(character, "big5")


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
