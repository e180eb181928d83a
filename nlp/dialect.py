"""Cantonese and Sichuan words as standard ones of the same length, so that every reader knows them and offsets stay.

Words of one meaning only; what is also standard Chinese is left alone. Emoji
become blanks: they stand between words as a blank would.
"""

from __future__ import annotations

import re

from nlp.scanner import Scanner

CANTONESE = {
    "琴日": "昨天", "琴晚": "昨晚", "寻日": "昨天", "寻晚": "昨晚", "噚日": "昨天", "噚晚": "昨晚", "㖊日": "昨天", "㖊晚": "昨晚",
    "今朝": "今早", "而家": "现在", "依家": "现在", "啱啱": "刚刚", "上昼": "上午", "下昼": "下午", "晏昼": "下午", "朝早": "早上",
    "朝头早": "大清早", "边度": "哪里", "呢度": "这里", "嗰度": "那里", "𠮶度": "那里", "边个": "哪个", "呢个": "这个", "嗰个": "那个",
    "乜嘢": "什么", "咩事": "何事", "隔篱": "隔壁", "屋企": "家里", "唔该": "麻烦", "冇人": "没人", "喺度": "在这", "唔系": "不是",
    "系咪": "是否", "佢哋": "他们", "我哋": "我们", "你哋": "你们", "好嘈": "好吵", "太嘈": "太吵", "嘈到": "吵到", "嘈醒": "吵醒",
    "喺": "在", "嘅": "的", "咗": "了", "冇": "没", "唔": "不", "畀": "给", "俾": "被", "佢": "他", "哋": "们", "啲": "些", "嚟": "来",
    "嘢": "事", "睇": "看", "瞓": "睡", "咁": "这", "噉": "这", "嗰": "那", "𠮶": "那", "攞": "拿", "搵": "找", "揾": "找", "嗌": "叫",
}  # fmt: skip
"""Simplified, as ``segment.normal`` leaves them."""

SICHUAN = {
    "啥子": "什么", "咋个": "怎么", "莫得": "没有", "没得": "没有", "那哈": "那时", "这哈": "这时", "晓得": "知道", "娃儿": "孩子", "幺儿": "儿子",
    "啷个": "怎么", "楼脚": "楼下", "隔壁子": "隔壁的", "晚黑": "晚上", "擦黑": "傍晚", "巴适": "舒服",
}  # fmt: skip
WORDS = CANTONESE | SICHUAN

GUARDS = {
    "琴日": "(?<![钢提口风古胡])琴日",
    "琴晚": "(?<![钢提口风古胡])琴晚(?!会)",
    "俾": "俾(?!斯麦)",
    "没得": "没得(?![到过罪逞奖病癌分着了很])",
}
"""Where such a word also stands in standard ones: 钢琴晚会."""

_WORD = Scanner(("word", GUARDS.get(word, word)) for word in sorted(WORDS, key=len, reverse=True))
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]")


def plain(text: str) -> str:
    """*text* in standard words, character for character."""
    if EMOJI.search(text):
        text = EMOJI.sub(" ", text)
    return _WORD.sub(lambda found: WORDS[found[0]], text)
