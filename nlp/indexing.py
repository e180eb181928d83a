"""The words that a text is found by, and those of a question. What keeps and compares them is the store's.

Only letters and digits, simplified and lower-case. A long word is found by the
shorter ones of the dictionary in it too: 消防通道 by 消防 and by 通道.
"""

from __future__ import annotations

import re

from nlp.segment import Segmenter, frequency, normal

MOST = 400
"""Words of one text that it is found by, the first ones: who writes more says the same again."""
LONGEST = 40
"""Characters of a word that count."""
RUN = re.compile(r"[^\W_]+")
PARTS = (2, 3)

SEGMENTER = Segmenter()


def asked(text: str) -> list[str]:
    """The words of a question, each once, in order."""
    runs = RUN.findall(normal(text).lower())
    return list(dict.fromkeys(word[:LONGEST] for run in runs for word in SEGMENTER.cut(run)))[:MOST]


def pieces(text: str) -> list[str]:
    """The words of a question, but single characters that stand together stay together: they may be a name."""
    found: list[str] = []
    for run in RUN.findall(normal(text).lower()):
        loose = ""
        for word in SEGMENTER.cut(run):
            if len(word) == 1:
                loose += word
                continue
            found += [loose, word] if loose else [word]
            loose = ""
        found += [loose] if loose else []
    return found


def held(text: str) -> list[str]:
    """The words that this text is found by, each once."""
    words = asked(text)
    return list(dict.fromkeys([*words, *(part for word in words if len(word) > 2 for part in _parts(word))]))[:MOST]


def _parts(word: str) -> list[str]:
    """The dictionary's shorter words in this one."""
    pieces = (word[at : at + size] for size in PARTS if size < len(word) for at in range(len(word) - size + 1))
    return [piece for piece in pieces if frequency(piece)]
