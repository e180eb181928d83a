"""Simplified Chinese into traditional, in the forms that both Hong Kong and Taiwan read; the words stay ours.

What a citizen or handler wrote is never converted: ``kept`` names such pieces.
Reading goes the other way and is ``nlp.segment``'s work.
"""

from __future__ import annotations

from functools import cache, lru_cache

import opencc

COMMON = str.maketrans(
    "説衞麪羣牀峯鍾户税脱温卧兑鋭啓閲悦敍藴醖愠鈎葱囱蜕繮", "說衛麵群床峰鐘戶稅脫溫臥兌銳啟閱悅敘蘊醞慍鉤蔥囪蛻韁"
)
"""Forms of Hong Kong's own list that neither place's keyboards write (they are not in Big5)."""
WORDS = {"視頻": "影片", "短信": "短訊", "幸福裏": "幸福里"}
"""Words that only the mainland says, where the other is understood everywhere; and a name, in which 里 is no inside."""
SHORT = 200  # characters; what is longer is hardly said twice
_MARK = "\ue000{}\ue001"  # from the private use area: nobody writes it, OpenCC leaves it alone


@cache
def _converter() -> opencc.OpenCC:
    """Its tables take 40 MB: they are read when somebody is answered in traditional characters."""
    return opencc.OpenCC("s2hk")


def traditional(text: str, *kept: str) -> str:
    """The text in traditional characters, but for the pieces that are to stay as they were written."""
    pieces = sorted({piece for piece in kept if piece}, key=len, reverse=True)
    for index, piece in enumerate(pieces):
        text = text.replace(piece, _MARK.format(index))
    written = _remembered(text) if len(text) <= SHORT else _converted(text)
    for index, piece in enumerate(pieces):
        written = written.replace(_MARK.format(index), piece)
    return written


def _converted(text: str) -> str:
    written: str = _converter().convert(text).translate(COMMON)
    for ours, theirs in WORDS.items():
        written = written.replace(ours, theirs)
    return written


_remembered = lru_cache(maxsize=4096)(_converted)
