"""Buttons for who asked to be spoken to slowly: at most three at a time, a person among them, and numbers that stand for them.

The rest waits behind one button more. ``offered`` keeps all of them, so that
the words of a button count whether it is shown or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.wording import Voice, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialogs.conversation import Conversation

    Pair = tuple[str, str]  # id and label

MOST = 3
MORE, PERSON = "more", "human"
"""Ids: what else there is, and somebody who helps."""
NUMBERED = frozenset({"what", "who", "contact", "evidence"})
"""Questions that a bare number can be no answer to, so that it means a button."""
BESIDE = frozenset({"reply.draft", "draft.continue"})
"""Ids of buttons under a question that was put in between: that is answered first, whatever else is open."""


def is_plain(language: str) -> bool:
    """Whether this voice speaks in short sentences, one thing at a time."""
    return isinstance(language, Voice) and language.plain


def few(language: str, choices: Sequence[Pair]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """What is shown of the choices, and all that is offered, the shown ones first."""
    own = tuple(pair for pair in choices if pair[0] not in {MORE, PERSON})
    person = ((PERSON, phrase(language, "person")),)
    if len(own) < MOST:
        return own + person, own + person
    if len(own) == MOST:
        return own, own + person
    shown = (*own[: MOST - 1], (MORE, phrase(language, "few.more")))
    return shown, shown + own[MOST - 1 :] + person


def rest(offered: Sequence[Pair]) -> tuple[Pair, ...]:
    """What waits behind the button for more."""
    keys = [key for key, _ in offered]
    return tuple(offered[keys.index(MORE) + 1 :]) if MORE in keys else ()


def numbered(now: Conversation) -> bool:
    """Whether a number typed now stands for a button."""
    between = any(key in BESIDE for key, _ in now.offered)
    return between or now.stage is not Stage.ASKING or now.asking in NUMBERED


def numbers(now: Conversation, shown: Sequence[Pair]) -> str:
    """The line that says which number stands for which button, where there are several to choose from."""
    own = [label for key, label in shown if key != PERSON]
    if not numbered(now) or len(own) < MOST - 1:
        return ""
    listed = phrase(now.language, "mark.and").join(f"{index} {label}" for index, (_, label) in enumerate(shown, 1))
    return phrase(now.language, "few.numbers", choices=listed)
