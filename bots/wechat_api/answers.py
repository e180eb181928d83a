"""What is said, as one text: for the body of an answer, and where the platform has no buttons.

A choice can always be answered with its words. Where there are several, a
number stands for each; where there is only one way out, the dialog could take
a number for the answer itself, so none is offered, nor where choices are scores.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dialogs.messages import Say

LARGEST = 2047  # bytes of UTF-8; that WeChat takes 2,048 is widely said and nowhere promised
A_SENTENCE = 200  # bytes
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENDS = ("\n", "。", "！", "？", "；", ". ", "，", ", ", " ")
"""Where a text may be cut, the best first."""


def merged(says: Sequence[Say]) -> str:
    """All bubbles as one text; numbers stand for the choices of the last, which are those that are open."""
    texts = [f"{say.text}\n{_words(say)}" if say.choices else say.text for say in says[:-1]]
    return "\n\n".join([*texts, *(spelled(say) for say in says[-1:])])


def spelled(say: Say) -> str:
    """A bubble with its choices in words."""
    if not say.choices:
        return say.text
    lines = [f"{number} {choice.label}" for number, choice in enumerate(say.choices, 1)]
    if len(lines) == 1 or any(choice.label.isdecimal() for choice in say.choices):  # a score is its own number
        return f"{say.text}\n{_words(say)}"
    if all(line in say.text for line in lines):
        return say.text  # to who is spoken to slowly, the dialog said the numbers itself
    head = "回复数字选择：" if _HAN.search(say.text) else "Reply with a number:"
    return "\n".join([say.text, head, *lines])


def fits(text: str) -> bool:
    """Whether the platform takes it as one message."""
    return len(text.encode("utf-8", "replace")) <= LARGEST


def pieces(text: str, most: int = LARGEST) -> Iterator[str]:
    """The text in as few parts as the platform takes, *most* bytes each, cut where it reads best."""
    rest = text
    while len(rest.encode("utf-8", "replace")) > most:
        head = rest.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")
        cut = next((at + len(end) for end in _ENDS if (at := head.rfind(end)) > len(head) // 2), len(head))
        yield head[:cut].rstrip()
        rest = rest[cut:].lstrip()
    yield rest


def xml(text: str, *, to: str, by: str, at: int) -> str:
    """The body of an answer that says this; ``at`` in seconds since 1970."""
    return (
        f"<xml><ToUserName>{_quoted(to)}</ToUserName><FromUserName>{_quoted(by)}</FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>{_quoted(text)}</Content></xml>"
    )


def _words(say: Say) -> str:
    labels = [choice.label for choice in say.choices]
    if _HAN.search(say.text):
        return f"（也可以回复{'、'.join(f'“{label}”' for label in labels)}）"
    return f"(or reply: {' / '.join(labels)})"


def _quoted(text: str) -> str:
    """Text that stands literally in XML, whatever it holds."""
    return f"<![CDATA[{_ILLEGAL.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"
