"""What a sign of danger is: words, the danger they tell of, and when they need not be looked for."""

from __future__ import annotations

import re
from typing import NamedTuple


class Sign(NamedTuple):
    """Words that tell of a danger.

    ``hint``: they count even when they are supposed or long thought of, as
    "等我死了" does; only a plain denial takes them back.
    """

    kind: str  # fire, gas, self_harm, crime, traffic, medical, trapped
    needs: frozenset[str]  # a text with none of these characters (in small letters) is not looked through
    words: re.Pattern[str]
    hint: bool = False


def sign(kind: str, needs: str, words: str, *, hint: bool = False) -> Sign:
    """A sign; only patterns with English in them (they hold a word boundary) need not mind large letters."""
    return Sign(kind, frozenset(needs), re.compile(words, re.IGNORECASE if r"\b" in words else 0), hint)


PERSON = r"(?:人|孩子|小孩|宝宝|婴儿|老人|奶奶|爷爷|外婆|我妈|我爸|学生|工人|细路|娃儿?)"
VEHICLE = r"(?:车|卡车|公交|出租车|电动车|摩托)"
NOW = r"(?:正在|正|现在|此刻|刚刚?|刚才|还在|又在?|一直在|马上|快来|点?快点|快救|这里|这儿|有人)"
"""Said of what goes on while the citizen writes."""
