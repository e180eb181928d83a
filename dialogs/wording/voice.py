"""How one citizen is spoken to: a language, an institution's own sentences in it, and short ones for who asked for that.

A Voice is the language's tag, so that whoever only compares languages or keeps
one in the database needs to know nothing of it. Which sentences there are is
not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Mapping

ZH, HANT, EN = "zh", "zh-Hant", "en"


class Voice(str):
    """A language tag with what is said differently in it; ``plain`` prefers the short sentences."""

    __slots__ = ("own", "plain")
    own: Mapping[str, str]
    plain: bool

    def __new__(cls, language: str, own: Mapping[str, str] | None = None, *, plain: bool = False) -> Self:
        """The voice for *language* with these sentences by key instead of ours."""
        voice = super().__new__(cls, language)
        voice.own, voice.plain = own or {}, plain
        return voice


def voice(language: str, wording: Mapping[Any, Mapping[str, str]], *, plain: bool = False) -> Voice:
    """*language* as an institution with that ``wording`` speaks it.

    What it says in simplified characters only, it says the same in traditional ones.
    """
    own = dict(wording.get(language, {}))
    if language == HANT:
        own = {key: traditional(sentence) for key, sentence in wording.get(ZH, {}).items()} | own
    return Voice(language, own, plain=plain)


def named(language: str, chinese: str, english: str = "") -> str:
    """A name or sentence of an institution's file; where it has no English, its Chinese."""
    if language == EN and english:
        return english
    return traditional(chinese) if language == HANT else chinese
