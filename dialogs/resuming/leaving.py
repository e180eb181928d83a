"""Words of somebody who goes away or comes back: "等下我先开会", "我昨天说到一半的，接着说", "在吗".

Only whole messages and beginnings that end at a comma count: "继续施工" is a
story, and so is "上次说的那家店".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dialogs.commands import squeeze
from dialogs.conversation import Stage
from nlp.facts import Piece, Told
from nlp.segment import normal

if TYPE_CHECKING:
    from dialogs.events import Heard

P = TypeVar("P", Piece, Told)
LONGEST = 30  # characters of such a message, or of such a beginning
_GAP = r"[\s,，。.!！?？、…~～:：;；]"
_STRONG = (
    r"(?:接[着著]|继续)(?:上次|上回|昨天|之前|刚才|刚刚)?(?:那件事?|那个)?的?(?:登记|投诉|反映|来|说|讲|填|办|弄|聊|走)?"
    r"|(?:说|讲|填|弄|聊|登记|投诉)(?:到|了|着|著|得)?(?:一半|半截|一部分)|没有?(?:说|讲|填|弄|聊|登记|办)完"
    r"|(?:昨天|昨晚|前天|前几天|上次|上回|刚才|刚刚|之前|前面)(?:[跟和]你们?|在这里?)?(?:说|讲|反映|投诉|登记|提)(?:过|到)?的(?:[\u3400-\u9fff]{0,8}?(?:事情?|问题))?"
    r"|(?:我)?(?:又)?回来了|忙完了|开完会了?|有空了"
    r"|continue|go on|resume|carry on|i(?:'| a)?m back|where were we|pick up where (?:we|i) left off"
)
_WEAK = (
    r"你好|您好|在吗|喂|哈喽|hello|hi|我们?|咱们?|那个|那件|这件|事情?|上次|上回|昨天|昨晚|前天|前几天|刚才|刚刚|早上|上午"
    r"|中午|下午|晚上|之前|前面|现在|可以|能|好的?|嗯|来|吧|吗|了|的|呢|啊|呀|还|说|讲|填|反映|投诉|登记|在|是|想|要|请|跟你"
    r"|和你|一下|let'?s|please|ok|can we|to|the|my|with|so"
)
_COMES = re.compile(rf"(?:{_GAP}|{_STRONG}|{_WEAK})+", re.IGNORECASE)
_IS_STRONG = re.compile(_STRONG, re.IGNORECASE)
_GREETS = re.compile(
    r"(?:你好|您好|你们好|喂|在吗|在么|在不在|有人吗|有人在吗|有人没|嗨|哈喽|早上好|上午好|中午好|下午好|晚上好|老师好|我来了"
    r"|开始|start|hello|hi|hey|goodmorning|goodafternoon|goodevening|anyonethere|areyouthere)*"
)
_GOES = re.compile(
    r"(?:那|我|先|好|好的|嗯|不好意思|抱歉|对不起|麻烦)*"
    r"(?:等(?:一下|下|一会|会|等)|稍等|稍后|待会|呆会|一会|过会|回头|晚点|晚些|改天|改日|明天再|有空再|有时间再|先不说了|先这样)"
    r"(?:儿|再|我|先|要|得|去|来|说|讲|弄|填|登记|聊|继续|接着|吧|有事|有点事|在|开个?会|忙|吃饭|上课|上班|开车|下车|接|打|个|电话"
    r"|孩子|带|看看|找|拍|照|照片|发|回复?|给|你|您|了|啊|哈|哦|呀)*"
    r"|(?:我)?先(?:去)?(?:忙|开会|吃饭|上班|上课|开车|有事|挂)(?:了|一下|一会儿?|吧|啦)*(?:等下|待会|回头|晚点)?(?:再)?(?:说|来|聊|弄|填)?"
    r"|(?:那|好|好的|嗯|不好意思|抱歉|对不起)*我(?:得|要)?先.{1,5}?(?:等下|待会|一会|回头|晚点|改天|明天|有空)(?:儿)?再?(?:说|来|聊|弄|填|讲|继续|联系)"
    r"|later|brb|berightback|holdon|onemoment|oneminute|wait|justamoment|notnow|illbeback|talklater"
)
_PLAIN = {Stage.CONSENT: re.compile(r"同意|agree"), Stage.CONFIRMING: re.compile(r"提交|确认|submit|confirm")}
"""What "yes" must hold where much depends on it, right after another question of ours."""


def continues(text: str) -> bool:
    """The whole message asks to go on where it was left."""
    return _coming(text) == len(text) > 0


def continued(heard: Heard) -> Heard | None:
    """What is told besides "我昨天说到一半的，接着说", if the message begins so; its days are no facts. None: it does not."""
    end = _coming(heard.text)
    if not end:
        return None
    facts = heard.facts
    pieces = tuple(_moved(piece, end) for piece in facts.pieces if piece.start >= end)
    told = tuple(_moved(one, end) for one in facts.told if one.start >= end)
    said = {piece.slot for piece in pieces}
    rest = replace(
        facts,
        pieces=pieces,
        told=told,
        corrections=(),
        matters=(),
        when=facts.when if "when" in said else None,
        where=facts.where if "where" in said else None,
        who=facts.who if "who" in said else None,
    )
    return replace(heard, text=heard.text[end:] if squeeze(heard.text[end:]) else "", facts=rest)


def greets(heard: Heard) -> bool:
    """The message says nothing but hello, or nothing at all."""
    nothing = not (heard.evidence or heard.remarks or heard.location or heard.contact)
    return nothing and bool(_GREETS.fullmatch(squeeze(heard.text)))


def postpones(text: str) -> bool:
    """The citizen goes away for now."""
    plain = squeeze(text)
    return 0 < len(plain) <= LONGEST and bool(_GOES.fullmatch(plain))


def is_plain_yes(stage: Stage, text: str) -> bool:
    """Whether the words agree to what that stage asks, and not only to go on."""
    wanted = _PLAIN.get(stage)
    return wanted is not None and bool(wanted.search(squeeze(text)))


def _coming(text: str) -> int:
    """Where the words of coming back end: at the end of the text, or before what is told after a comma; 0: there are none."""
    found = _COMES.match(normal(text[:LONGEST]))
    if not found or not _IS_STRONG.search(found[0]):
        return 0
    end = found.end()
    if end == len(text) or re.match(_GAP, text[end - 1]):
        return end
    cut = max((n + 1 for n, c in enumerate(found[0]) if re.match(_GAP, c)), default=0)
    return cut if cut and _IS_STRONG.search(found[0][:cut]) else 0


def _moved(piece: P, by: int) -> P:
    return replace(piece, start=piece.start - by, end=piece.end - by)
