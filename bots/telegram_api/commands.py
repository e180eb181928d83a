"""Telegram's commands, ``/progress``, as the words that the dialog understands; and the menu that offers them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import BotCommand

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w{3,64}))?(?:\s+(.*))?", re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")

WORDS = {
    "help": "help",
    "settings": "help",
    "cancel": "cancel",
    "human": "human",
    "progress": "progress",
    "status": "progress",
    "english": "english",
    "chinese": "chinese",
    "traditional": "traditional",
}
LANGUAGES = {"en": "english", "zh": "chinese", "hans": "chinese", "hant": "traditional", "tw": "traditional"}
"""What may stand after ``/lang``, by its last part: en, zh-hant."""

MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("start", "反映问题"),
        ("progress", "查进度"),
        ("human", "找人工"),
        ("cancel", "取消这次登记"),
        ("help", "怎么用"),
        ("traditional", "繁體中文"),
        ("english", "English"),
    ),
    "en": (
        ("start", "Tell us of a problem"),
        ("progress", "See how it stands"),
        ("human", "Talk to a person"),
        ("cancel", "Cancel this draft"),
        ("help", "How this works"),
        ("chinese", "中文"),
    ),
    "": (
        ("start", "反映问题 · Tell us of a problem"),
        ("progress", "查进度 · See how it stands"),
        ("human", "找人工 · Talk to a person"),
        ("cancel", "取消这次登记 · Cancel this draft"),
        ("help", "怎么用 · How this works"),
        ("chinese", "简体中文"),
        ("traditional", "繁體中文"),
        ("english", "English"),
    ),
}
"""Commands by language, as Telegram has them; ``""``: for everybody else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message says, its command translated. ``to``: the bot it names; ``place``: the payload of a link."""

    text: str
    place: str = ""
    to: str = ""


def read(text: str, *, language: str) -> Asked:
    """The words of a message; one that is no command of ours stays as it is."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return Asked(text)
    name, to, rest = found[1].casefold(), found[2] or "", (found[3] or "").strip()
    if name == "start":
        return Asked(_hello(language), rest if _PAYLOAD.fullmatch(rest) else "", to)
    if name == "lang":
        return Asked(LANGUAGES.get(re.split(r"[-_]", rest.casefold())[-1], WORDS["help"]), to=to)
    if name == "progress" and rest:
        return Asked(rest, to=to)  # a case number
    return Asked(WORDS.get(name, text), to=to)


def menu(language: str) -> list[BotCommand]:
    """The commands offered to people with that language; ``""``: to all others."""
    return [BotCommand(name, told) for name, told in MENUS[language]]


def _hello(language: str) -> str:
    return "hello" if language.casefold().startswith("en") else "你好"
