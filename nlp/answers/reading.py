"""An answer as it is read by every rule: its normal form, its clauses, and what only repeats the citizen's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 10_000
"""Characters of an answer that are read: what the desk takes."""
SENTENCE = re.compile(r"(?:[^。!?;\n.]|\.(?!\s|$))+[。!?;\n.]*")
CLAUSE = re.compile(r"(?:[^。!?;,\n.]|\.(?!\s|$)|,(?=\d))+[。!?;,\n.]*")
REPEATED = re.compile(
    r"(?:关于|对于|针对|就)?您(?:所|前来)?(?:来信|来电|留言|\d{1,2}月\d{1,2}日)?(?:中)?(?:反映|投诉|举报|咨询|提出|询问|问|提到|建议|要求|求助|报修|表扬)"
    r"(?!我|工作人员|的结果)[^。!?;\n]{0,100}?(?:问题|情况|一事|的事(?!实)|诉求|来信|留言|收悉|”|[,:])"
    r"|\byou (?:asked|complained|wrote|reported|told us|want to know|suggested)\b[^.!?;\n]{0,120}"
    r"|\b(?:your|the) (?:question|complaint|report|letter|request) (?:about|of|on|that)\b[^,.!?;\n]{0,100}",
    re.IGNORECASE,
)
"""您反映的……问题: what follows is the citizen's again and answers nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``plain``: in ``segment.normal`` form; ``new``: the same with blanks for what only repeats the citizen."""

    text: str
    plain: str
    new: str

    def sentences(self) -> Iterator[str]:
        """What is new, sentence for sentence."""
        yield from (match[0] for match in SENTENCE.finditer(self.new))

    def clauses(self) -> Iterator[str]:
        """What is new, clause for clause."""
        yield from (match[0] for match in CLAUSE.finditer(self.new))


def read(text: str) -> Answer:
    """Any text."""
    raw = text[:MOST]
    plain = normal(raw)
    plain = plain if len(plain) == len(raw) else raw
    return Answer(raw, plain, REPEATED.sub(lambda found: " " * len(found[0]), plain))
