"""What somebody wants done with a case they have: press for it, take it back, accept or reject the answer …

Only a message that is hardly more than the wish itself is one; what is left of
it may say which case is meant ("路灯那个催一下"). Pure and linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.commands import squeeze

LONGEST = 200  # characters; a longer message is a story
NAMED = 10  # characters that may say which case is meant
FIRST = 6  # characters before a rejection whose reason follows


@dataclass(frozen=True, slots=True)
class Wish:
    """``verb``: urge, withdraw, accept, reject, appeal, rate, more, why (was it refused).

    ``about``: words that may name the case.
    """

    verb: str
    about: str = ""
    reason: bool = False  # the message says more than the wish: why


WHOLE = {
    "accept": (
        r"(?:我|那|就|好的?|行|对|都|已经?|问题)*(?:接受|认可|可以了|行了|没问题了|没有问题了|满意|(?:解决|修好|处理好|弄好|办好)了)"
        r"(?:这个|你们的?|的?答复|的?结果|的?处理|了|的|啊|呀)*(?:谢谢|感谢)?(?:你们|您|你)?"
        r"|(?:i)?(?:accept|amsatisfied|agree)(?:it|theanswer|thanks)*|(?:its|itis)?(?:fixed|solved)(?:now|thanks)*"
    ),
}
"""Wishes that are the whole message."""
PARTS = {
    "why": (
        r"(?:为什么|为啥|凭什么|凭啥|咋|怎么|什么(?:原因|理由|依据))(?:你们|就|又|会|要|都|被|是|的)*(?:不(?:予|给|能|让)?|没(?:有|能)?)(?:受理|立案|接收|登记|收)(?:了|我的?|啊|呢)*"
        r"|(?:不予?|没有?)受理的?(?:原因|理由|依据)(?:是什么|在哪)?|whywas(?:it|mycase)(?:refused|notaccepted)|why(?:refused|not?accepted)"
    ),
    "leave": (
        r"^(?:我|就|还是|要|想|不)*退出(?:这件|这个|加入|联名|反映|投诉|了|吧)*"
        r"|不(?:想|要)?(?:再)?(?:参加|参与|跟着)(?:反映|投诉)?了|^(?:i)?(?:wantto|wouldliketo)?leave(?:it|thecase)?$"
    ),
    "withdraw": (
        r"(?:撤(?:回|销|诉|单|案)(?:投诉|诉求|案件|举报|登记|申请|这件)*(?:了|掉)?"
        r"|(?:不用|不需要|不必|别)(?:你们|再|去)*(?:处理|办理?|管|查|修|跟进)了|(?:不想?|不要)(?:再|继续)*(?:投诉|反映|追究|举报|办)了"
        r"|取消(?:投诉|诉求|案件|举报))+|withdraw(?:it|mycase|mycomplaint|thecase)?"
    ),
    "appeal": (
        r"(?:我?要|想|申请|请求|提出|提请|可以)+(?:复核|复议|申诉|复查|再审)(?:一下)?|^(?:复核|复议|申诉|复查)$"
        r"|(?:我)?(?:有|提出?)异议|i?(?:wantto|wouldliketo|want)?(?:appeal|object)(?:it|this|toit|tothis)?|(?:ask|apply)forareview"
    ),
    "reject": (
        r"(?:我|坚决|完全|还|都|根本)*不(?:能|太)?(?:接受|认可|同意|认同|服)(?:这个|这样的?|你们的?|的?答复|的?结果|的?处理|的?意见)*"
        r"|(?:答复|结果|处理)(?:不满意|不对|有误|不属实|是错的|错了|不符合事实|太?敷衍)|(?:我|对|答复|结果)*(?:很|非常)?不满意"
        r"|(?:还是|还|根本|问题|都|完全|依然|仍然?|并|压根)*没有?(?:得到|真正|彻底|完全|给我|人)*(?:解决|修好|处理好|弄好|办好)"
        r"|(?:要求?|请|给我)?重新(?:办理?|处理)|notsolved|notfixed|stillnot(?:solved|fixed)?|i?(?:donot|dont)accept(?:it|theanswer|this)?"
    ),
    "urge": (
        r"催(?:一?催|一下|下|办|促|单)*(?:一下)?"
        r"|(?:怎么|为什么|为啥|咋|到现在|都几天了)(?:还是?|都|到现在|现在|一直)*(?:没有?|不)(?:见|有)?(?:人|任何)?(?:来|去)?"
        r"(?:处理|解决|办理?|管|修|回复|答复|联系|弄|搞|动静|消息|结果)(?:好|理|完|我)?"
        r"|^(?:都|还|到现在|一直|现在|也)*没(?:有|见)?人(?:来|去)?(?:处理|解决|管|修|联系我?|回复|答复)"
        r"|(?:快|抓紧|加快|尽快|赶快|赶紧)(?:一?点|些|的|时间)?(?:给我?|帮我)?(?:处理|解决|办理?|修)?(?:一下)?"
        r"|还要(?:等)?多久|hurry(?:it)?up|urge(?:it)?|chase(?:it)?(?:up)?|(?:please)?remind(?:them|thedepartment)"
        r"|why(?:is|has)(?:it)?(?:still)?(?:not|nothing)(?:been)?(?:done|fixed|happened)(?:yet)?|pleasehurry"
    ),
    "rate": r"(?:去|来)?(?:评价|打分|评分)(?:一下)?|rate(?:it)?",
    "more": (
        r"(?:再)?补充(?:一?些|一?点|几张|一张)?(?:材料|证据|照片|情况|说明|内容|视频|录音)*(?:一下)?"
        r"|add(?:more|evidence|photos|something)+"
    ),
}
"""Wishes beside which a few words may name the case; the first that is found counts."""
QUESTION = re.compile(
    r"怎么办|怎么(?:撤|补|催|申|复|评)|如何|可以吗|可不可以|能不能(?:撤|申|复)|能(?:撤|申|复).{0,6}吗|[回诉核议价]吗|会不会|canihow|howdoi|cani"
)
"""Who asks whether that is possible is told so elsewhere."""
FILLER = re.compile(
    r"(?:[一二两三四五六七八九十半几\d]{1,3}|好几)多?(?:个)?多?(?:天|周|星期|礼拜|月|年|小时|钟头)多?(?![前里以之])"
    r"|我们?|你们|您|请问?|麻烦|帮我|帮忙|能不能|可不可以|那个?|这个?|那一?件|这一?件|给我|上次|上回|之前|以前|投诉|诉求|反映|案子|事情|事儿?|[件个单的了吧啊呀呢吗嘛啦哦再想要对就把还都]"
    r"|关于|问题|已经?|好久|多久|几天|很久|一直|一下|还是|谢谢|好吗|行吗|急|please|the|my|case|thanks|about"
)
_WHOLE = {verb: re.compile(pattern) for verb, pattern in WHOLE.items()}
_PARTS = {verb: re.compile(pattern) for verb, pattern in PARTS.items()}


def wish(text: str) -> Wish | None:
    """The wish that this message is, or None."""
    if len(text) > LONGEST or not (plain := squeeze(text)) or QUESTION.search(plain):
        return None
    for verb, pattern in _WHOLE.items():
        if pattern.fullmatch(plain):
            return Wish(verb)
    for verb, pattern in _PARTS.items():
        if found := pattern.search(plain):
            about = named(plain[: found.start()] + " " + plain[found.end() :])
            if len(about) <= NAMED:
                return Wish(verb, about)
            return Wish(verb, reason=True) if verb == "reject" and found.start() <= FIRST else None
    return None


def named(plain: str) -> str:
    """What is left of squeezed words that may name a case."""
    return FILLER.sub("", plain).strip()
