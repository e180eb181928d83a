"""How to speak to somebody in danger: who is in it, whether it happens at home, and whether it is over.

What the danger is, ``urgency`` decides; here is only what the words to the
citizen go by. Errs towards the person who writes: who cannot be told apart
from the one in danger is spoken to as if they were.
"""

from __future__ import annotations

import re

from nlp import dialect
from nlp.danger.hazards import ACCIDENTS, HAZARDS
from nlp.danger.threats import CRIES, THREATS
from nlp.segment import normal

OTHER = re.compile(
    r"他|她|有(?:一?个?人|一?[个名位]|人|男|女|学生|老人|孩子|小伙|姑娘|大[爷妈姐哥]|工人|工友)"
    r"|(?:邻居|同学|同事|室友|舍友|朋友|学生|老师|女儿|儿子|孩子|丈夫|妻子|老公|老婆|爸爸?|妈妈?|父亲|母亲|爷爷|奶奶"
    r"|外公|外婆|哥哥?|姐姐?|弟弟?|妹妹?|侄[子女]|网友|业主|住户|工友|路人|小伙子?|姑娘|大[爷妈姐哥]|男[的子]|女[的子])"
    r"|\b(?:he|she|they|somebody|someone|my (?:friend|son|daughter|husband|wife|mother|father|neighbou?r|classmate)|a (?:man|woman|boy|girl))\b",
    re.IGNORECASE,
)
"""Somebody else is spoken of."""

OWN = re.compile(
    r"(?<![对跟和让叫给])我(?:们)?(?:真的?|就|也|都|已经|现在|只能|只好|只有|不如|还是|今[天晚]|实在|快|一个人|自己|[真是会]?的)*"
    r"(?:[不唔](?:是很)?想|想|要|活|去?死|跳|吃了|吞|喝|割|站在|坐在|爬|没有?(?:什么|啥)?留恋|撑不|受不|熬不|准备|打算|写好)"
    r"|等我死|我死了|死给|\b(?:i|me|myself|my life)\b(?! (?:saw|heard|see|think|know)\b)",
    re.IGNORECASE,
)
"""They speak of themselves."""

HOME = re.compile(
    r"家暴|(?:老公|丈夫|男朋友|男友|前夫|前男友|老婆|妻子|婆婆|公公|父亲|爸爸?|后爸|继父|继母|后妈|儿子|家里人|对象)"
    r"[^。!?\n]{0,10}(?:打|揍|掐|踹|踢|砍|捅|拿刀|动手|威胁|关着?我|锁着?我|勒)"
    r"|\bmy (?:husband|wife|boyfriend|ex|father|stepfather|son)\b[^.!?\n]{0,16}\b(?:hit|hits|hitting|beat|beats|beating|chok|attack|threat|kill)",
    re.IGNORECASE,
)
"""Who hurts them lives with them, so a call could be heard by the wrong one."""

OVER = re.compile(
    r"(?:现在|已经|都|人|大家|我|那边|这边|刚才|好像|是|应该)*"
    r"(?:(?:没|冇)(?:什么|啥)?(?:事|危险|问题)(?:儿|了|啦|的)+|没有?(?:着火|漏气|煤气味|危险|人受伤)|不是(?:着火|起火|失火|煤气|漏气|燃气|火灾)"
    r"|虚惊(?:一场)?|(?:误|错)报|(?:闻|看|听|弄|搞|认|想|说|发)错|(?:是)?(?:我)?误会|解除了?|不用(?:来|过来|管)|安全了"
    r"|(?:火|烟)?(?:已经?|都|被)?(?:扑灭|灭|熄灭?)(?:了|掉了)|(?:人|他|她|孩子|老人|都)?(?:已经?|都|被)?(?:(?:救|抬|拉|接|放)(?:出|下)来|送(?:到|去)?医院|醒(?:过来)?|找到)了?"
    r"|(?:里面的|被困的)?(?:人|[他她我]们?|孩子|小孩|老人|大家)(?:们|员|也|都|全|自己|已经?|平安|安全)*[跑走逃爬撤抱背弄放]?出来了|(?:电梯|门)(?:已经?|也)?(?:打?开|修好|弄开|撬开)了)"
)
"""Said when it was nothing after all, or is over: the beginning of a short message, or of a part of it."""
MISTAKEN = re.compile(
    r"(?:刚才|应该|可能|好像|是|我|都)*(?:虚惊(?:一场)?|(?:误|错)报|(?:闻|看|听|弄|搞|认|想|说|发)错|误会)(?:了|$)"
)
"""Said of one's own words: it was never a danger, whatever else the message names."""
OVER_EN = re.compile(
    r"\b(?:false alarm|it(?:'s| is| was) (?:nothing|ok|okay|fine|over|safe)|no danger|all (?:is )?(?:good|fine|safe|clear)|never ?mind|my mistake|we are safe|i(?:'m| am) safe)\b",
    re.IGNORECASE,
)
KNOWN = (*HAZARDS, *THREATS, *ACCIDENTS, *CRIES)
LONGEST = 40  # characters: in a longer text it is told in passing
PARTS = re.compile(r"[,。!;\s]+")
DOUBT = re.compile(r"[?吗么]|不是没|还(?:没|在|很)|越来越|没(?:灭|醒|找到|救出)|怎么|什么时候|\bnot\b")


def manner(text: str, danger: str) -> str:
    """Which words to use for *danger*: itself, ``self_harm_other`` for a third person, ``home`` for violence at home."""
    plain = normal(text)
    if danger == "self_harm" and OTHER.search(plain) and not OWN.search(plain):
        return "self_harm_other"
    if danger == "crime" and HOME.search(plain):
        return "home"
    return danger


def mistaken(text: str) -> bool:
    """Whether a short message takes the danger back, though it names it: "不是着火，看错了"."""
    plain = normal(text).strip()
    short = len(plain) <= LONGEST and not DOUBT.search(plain)
    return short and any(MISTAKEN.match(part) for part in PARTS.split(plain))


def over(text: str) -> bool:
    """Whether a short message says that there is no danger after all, or no more."""
    plain = normal(text).strip()
    if len(plain) > LONGEST or DOUBT.search(plain):
        return False
    return OVER_EN.search(plain) is not None or any(OVER.match(part) for part in PARTS.split(plain))


def certain(text: str) -> bool:
    """Whether words that are known to tell of danger stand in it; else it only sounds like one (see ``urgency``)."""
    plain = dialect.plain(normal(text))
    return any(sign.words.search(plain) for sign in KNOWN)
