"""Whether words written at the desk may be said: what ``plain`` says of every sentence, and what a person may forget.

Words keep the facts and the emergency numbers of those whose place they take,
and the words that citizens are told to send back; marks come in pairs; a reply
fits one message of every channel. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.wording import EN, HANT, LANGUAGES, ZH
from dialogs.wording.plain import Fault, faults, fields, unsayable
from dialogs.wording.traditional import traditional
from institutions.casework import TELLS
from institutions.guidance import ANSWER
from institutions.worded import FAQ, FIELDS, REPLY, SAID, Place, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from institutions.model import Institution

MOST = 600
"""Characters of one message: WeChat's limit for what we push, below that of every other channel."""
MOST_BYTES = 2048
"""UTF-8 bytes of the same, from which on WeChat refuses it."""
LONGEST = {SAID: 300, REPLY: MOST, FAQ: ANSWER}
"""Characters, as the institution's file may have them."""
LABEL, LONGEST_LABEL = 12, 22
"""What ends in no mark and is so short stands on a button, where so much can be read."""
MARKS = re.compile(r"[。！？!?.，,：:；;\n{}]")
PAIRS = (("“", "”"), ("（", "）"), ("(", ")"), ("【", "】"), ("[", "]"), ("《", "》"), ("「", "」"))
EMERGENCY = re.compile(r"(?<!\d)(?:1[12]\d|12[3-9]\d\d)(?!\d)")
"""110, 119, 120, 122, 12356: numbers that save people."""
QUOTED = re.compile(r"[“「\"]([^”」\"{}]{1,20})[”」\"]")
COMMANDS = frozenset(
    "接着上次 跳过 进度 忘记我 没解决 人工 取消 接着看 匿名 保密 改一项 申请复核 撤回同意 换个设备 别打电话".split()
) | {"progress", "skip", "forget me", "not solved", "continue", "go on", "human", "cancel", "show more", "move",
     "anonymous", "confidential", "i want to appeal", "withdraw consent", "do not call"}  # fmt: skip
"""What we understand when citizens send it back, and so tell them to."""


def there(institution: Institution, place: Place) -> bool:
    """Whether there are such words to change."""
    if place.part == SAID:
        return place.key in LANGUAGES.get(place.language, {})
    return place.language in FIELDS[place.part] and row_of(institution, place.part, place.key) is not None


def ours(institution: Institution, place: Place) -> str:
    """The words of the file there, else the program's own; empty: a reply or answer without any. Raises: KeyError."""
    if place.part == SAID:
        own = {str(language): said for language, said in institution.wording.items()}
        if found := own.get(place.language, {}).get(place.key):
            return found
        if place.language == HANT and (simple := own.get(ZH, {}).get(place.key)):
            return traditional(simple)
        return LANGUAGES[place.language][place.key]
    row = row_of(institution, place.part, place.key)
    if row is None:
        raise KeyError(place)
    return str(getattr(row, FIELDS[place.part][place.language]))


def known(place: Place) -> frozenset[str]:
    """The facts that may stand in braces there. Raises: KeyError: the bot says nothing so."""
    if place.part == SAID:
        return frozenset(fields(LANGUAGES[place.language][place.key]))
    return TELLS if place.part == REPLY else frozenset()


def wrongs(institution: Institution, place: Place, text: str) -> Iterator[Fault]:
    """Everything that is wrong with *text* at that place of *institution*, as its file has it. Raises: KeyError."""
    if not text.strip():
        yield Fault("empty", "it says nothing")
        return
    if len(text) > LONGEST[place.part]:
        yield Fault("long", f"it has {len(text)} characters", n=len(text), most=LONGEST[place.part])
    if (size := len(text.encode())) >= MOST_BYTES:
        yield Fault("bytes", f"it takes {size} bytes", n=size, most=MOST_BYTES)
    yield from _unpaired(text)
    if place.part == SAID:
        yield from unsayable(place.language, place.key, text)
        yield from _lost(LANGUAGES[place.language][place.key], text, place.language)
    else:
        yield from _row(institution, place, text)


def _row(institution: Institution, place: Place, text: str) -> Iterator[Fault]:
    allowed = known(place)
    try:
        told = fields(text) if place.part == REPLY else set(re.findall(r"\{(\w+)\}", text))
    except ValueError:
        yield Fault("brace", "a brace { or } stands alone; facts are written {like_this}")
        return
    if strange := sorted(told - allowed):
        names = " ".join(f"{{{name}}}" for name in sorted(allowed))
        yield Fault("strange", f"there is no fact {{{strange[0]}}}", fact=strange[0], known=names)
    if place.part == FAQ and any(mark in text for mark in "？?"):
        yield Fault("asks.faq", "it asks a question; an answer asks none, for the open question follows it")
    elif place.part == REPLY and (before := ours(institution, place)):
        for name in sorted(fields(before) & {"number"} - told):
            yield Fault("missing", f"{{{name}}} is missing", fact=name)
    yield from faults(place.language, text)


def _unpaired(text: str) -> Iterator[Fault]:
    for opens, closes in PAIRS:
        depth = 0
        for char in text:
            depth += (char == opens) - (char == closes)
            if depth < 0:
                break
        if depth:
            yield Fault("marks", f"{opens} and {closes} do not match", opens=opens, closes=closes)


def _lost(before: str, text: str, language: str) -> Iterator[Fault]:
    for number in EMERGENCY.findall(before):
        if number not in text:
            yield Fault("number", f"{number} is missing", number=number)
    for word in dict.fromkeys(QUOTED.findall(before)):
        if _command(word, language) and word.casefold() not in text.casefold():
            yield Fault("command", f"{word!r} is missing: citizens are told to send it", word=word)
    longest = LONGEST_LABEL * (2 if language == EN else 1)
    if len(before) <= LABEL and not MARKS.search(before) and len(text) > longest:
        yield Fault("label", f"it is a button's label of {len(text)} characters", n=len(text), most=longest)


def _command(word: str, language: str) -> bool:
    if language == HANT:
        return word in {traditional(one) for one in COMMANDS if not one.isascii()}
    return word.casefold() in COMMANDS
