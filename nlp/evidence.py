"""What a message says of evidence: which kind, and whether the citizen has it.

So that the bot can ask for what there is and need not ask for what there is
not. Rules over ``segment.normal`` text: names of evidence, and within the same
clause what is said before or behind them. What others hold, what is asked for
and what the matter itself is about (a contract that ended) is not told.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.facts import Evidence
from nlp.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: tuple[tuple[str, str], ...] = (
    ("video", r"视频|录像|录影|行车记录仪|监控|(?i:\bvideos?\b|\bfootage\b)"),
    ("recording", r"录音|录了?音|(?i:\brecordings?\b)"),
    ("chat", r"聊天(?:记录|截图)|微信记录|短信(?:记录)?|(?i:\bchat (?:history|log)s?\b)"),
    ("payment", r"(?:付款|转账|支付|缴费|消费)(?:记录|截图|凭证|明细)|银行流水|(?i:\bbank statement\b)"),
    (
        "photo",
        r"照片|相片|图片|截图|(?<=[有附见如看])图(?!书|纸|案|表|个|谋|利|什|标|文|形|方)|(?<![办证])照(?=了|过|下|的?$)|拍照|(?i:\b(?:photo|picture|pic|screenshot)s?\b)",
    ),
    ("receipt", r"发票|小票|收据|票据|车票|(?i:\breceipts?\b|\binvoices?\b)"),
    ("contract", r"合同|协议|保单|欠条|借条|(?i:\bcontract\b)"),
    ("payslip", r"工资条|工资单|考勤表|考勤记录|打卡记录|(?i:\bpayslips?\b)"),
    ("report", r"(?:检测|检验|鉴定|质检|监测)(?:报告|书|结果)|(?i:\btest report\b)"),
    ("medical", r"诊断(?:证明|书)|病历|病例|住院(?:记录|单)|(?i:\bmedical records?\b)"),
    ("witness", r"证人|作证|(?i:\bwitness(?:es)?\b)"),
    ("any", r"证据|凭证|(?i:\bevidence\b|\bproof\b)"),
)
"""Names of evidence by kind; ``any`` where the kind is not said."""

NAMED = Scanner(KINDS)
TOGETHER = re.compile(
    r"\s*(?:和|与|跟|同|及|以及|还有|、|\band\b|\bor\b)?\s*(?:an?\s)?(?:微信|银行|通话|现场|劳动|购物)?\s*"
)
"""What may stand between two names for one verb to hold for both."""

CLAUSE = re.compile(r"[^,。!?;:\n.]+[?]?")
ASKED = re.compile(
    r"要不要|需不需要|需要(?:什么|哪些|带)?|能不能给|[要带交]什么|有没有|怎么(?:办|交|开)|[吗?]$|(?:你们|他们|对方|物业|公司|商家|店家|单位|老板|银行|医院)[^我]{0,4}(?<!没)有(?!没)"
)
"""Asked for, or in other hands."""

NOT_BEFORE = re.compile(
    r"(?:没(?!人|关系|事)有?|未|无(?!法|理)|缺)(?:任何|什么|能|来得及|及时|签|开|给|拍|录|留|保存|存|过|下|到|的|我)*$"
    r"|\b(?:no|don'?t have(?: any)?|do not have(?: any)?|without(?: any)?|didn'?t take(?: any)?)\s*$",
    re.IGNORECASE,
)
NOT_BEHIND = re.compile(
    r"(?:我|都|也|倒|就|是|可|实在|全|真的|暂时){0,3}(?:没有|没(?=$|拍|录|留|存|带|了|给|开|签)|找不到|不见了|(?:弄|搞)?丢了|删了|被删)"
)
HAS_BEFORE = re.compile(
    r"(?:(?<![没未])有(?!关|人|限|效|毒|时)|(?:拍|录|存|留|发|传|开|保存|保留|附)(?:了|有|着|上|下|过|到)|附件(?:里|中)?(?:是|有)?|提供|上传)[^,不没]{0,6}$|(?<![没未])[有附见如看]$"
    r"|\b(?:have|has|took|got|attached|here (?:is|are))\b[^,.]{0,12}$|\b(?:my|some)\s$",
    re.IGNORECASE,
)
HAS_BEHIND = re.compile(
    r"(?:我|都|也|还|全|倒|就|是|可以|能|已经){0,4}(?:有(?!问题|误|毒|假|限|效)|(?:稍后|等下|待会儿?|等会儿?|回头|晚点|马上)(?:再)?[补发传给]|(?:可以)?证明|已?经?(?:上传|发|传)(?:了|过|你|给|$)|无法上传|在(?=$|我|这|手)|留着|留了|保[存留]|存着|为证|(?:发|传|上传)(?:不|失败)|提供|查到|发给|传给|作证|拍[到下]|录下|显示|齐全)"
    r"|\b(?:is|are)? ?attached\b",
    re.IGNORECASE,
)
SHOT = re.compile(r"(?:我|自己|当场|现场|已经?|[^,。!?;\n]{0,6}排)(?:都|也|偷偷)?(?:拍下来?了?|拍到了)")
"""Taken, with no word for what was taken."""

WITNESS = re.compile(r"(?:可以|能|愿意|愿|都能|都可以|当)(?:来|给我|为我|帮我)?$|有(?:一?个|很多|几个)?$")
NOBODY = re.compile(r"没有?人?(?:能|可以|肯|敢|愿意)?$")


def find(text: str) -> tuple[Evidence, ...]:
    """Each kind once, in the order told; ``any`` only where no kind is said. *text* is in normal form."""
    if "拍" not in text and NAMED.search(text) is None:
        return ()
    told: dict[str, Evidence] = {}
    for clause in CLAUSE.finditer(text):
        for one in _in_clause(text, clause.start(), clause.end()):
            if one.kind not in told or (one.has and not told[one.kind].has):
                told[one.kind] = one  # no invoice, but a receipt
    if len(told) > 1:
        told.pop("any", None)
    return tuple(told.values())


def _in_clause(text: str, start: int, end: int) -> Iterator[Evidence]:
    names = list(NAMED.finditer(text, start, end))
    if not (names or "拍" in text[start:end]) or ASKED.search(text, start, end):
        return
    if not names and (shot := SHOT.search(text, start, end)):
        yield Evidence("photo", has=True, start=shot.start(), end=shot.end())
    for group in _groups(text, names):
        has = _has(text, group, start, end)
        if has is not None:
            for name in group:
                yield Evidence(str(name.lastgroup), has=has, start=name.start(), end=name.end())


def _groups(text: str, names: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Names that stand together, for which one verb holds."""
    groups = [[name] for name in names[:1]]
    for one, other in pairwise(names):
        if TOGETHER.fullmatch(text, one.end(), other.start()):
            groups[-1].append(other)
        else:
            groups.append([other])
    return groups


def _has(text: str, group: list[re.Match[str]], start: int, end: int) -> bool | None:
    """Whether the citizen has what is named there; None: nothing is said of having."""
    before = text[max(start, group[0].start() - 20) : group[0].start()]
    if group[0].lastgroup == "witness" and group[0][0] == "作证":
        return False if NOBODY.search(before) else (True if WITNESS.search(before) else None)
    behind = (group[-1].end(), min(end, group[-1].end() + 14))
    if NOT_BEHIND.match(text, *behind) or NOT_BEFORE.search(before):
        return False
    if HAS_BEFORE.search(before) or HAS_BEHIND.match(text, *behind):
        return True
    return None
