"""What the citizen wants to do: complain, report, ask, suggest, get help or thank.

Rules with weights: what is said at the head or in the subject counts twice.
Texts in ``segment.normal`` form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from institutions.model import Kind

ASKS = r"咨询|请问|想问|问一下|了解一下|想知道|想了解|怎么(?:办理|申请|办|查|算|领|交|缴)(?!才|啊啊)|如何(?:办理|申请|办|查询|领取|缴纳|补|计算)|\bhow (?:do|can|to)\b|\bwhere (?:do|can|is)\b"
"""Asked in so many words."""

KINDS: tuple[tuple[Kind, float, str], ...] = (
    (
        "thanks",
        4,
        r"表扬|锦旗|点赞|(?:特此|表示|衷心|非常|十分|真诚地?)感谢|感谢信|感谢[^,。!?;\n]{0,20}(?:帮|解决|师傅|热心|及时|救)|\bthank(?:s| you) for\b",
    ),
    ("report", 4, r"举报|检举|揭发|控告|\breport(?:ing)? (?:a|an|the) (?:crime|fraud|illegal)"),
    (
        "report",
        1.5,
        r"无证|无照|非法|违法|违规|偷税|造假|假冒|伪劣|赌博|卖淫|传销|黑车|黑诊所|贪污|受贿|行贿|套取|骗取|私自|偷排|违建|克扣|诈骗|偷倒|乱倒|以权谋私|优亲厚友|冒领|侵占|侵吞|盗采|乱砍|滥伐|超载|查处|严查|查实",
    ),
    (
        "suggestion",
        3,
        r"建议(?:政府|市|相关|有关|有|能|在|把|将|增|对|尽|加|取|设|开|修|可以|[::]|$)|的建议|几点建议|提(?:个|一个|一点|几点)?建议|提议|倡议|呼吁|\bsuggest",
    ),
    (
        "suggestion",
        1.5,
        r"建议|(?:希望|能否|能不能|可否)[^,。!?;\n]{0,10}(?:增设|增加|开通|设立|新建|规划|推广|引进|完善|延长|优化)",
    ),
    ("consult", 3, ASKS),
    (
        "consult",
        2,
        r"什么(?:手续|条件|材料|流程|政策|时候|标准)|哪些(?:手续|条件|材料)|需要(?:带|准备)|可以[^,。!?;\n]{0,8}吗|能[^,。!?;\n]{0,8}吗|是否|有没有|多少钱|何时|几号|几点|在哪里?(?:办|交|领)",
    ),
    ("consult", 1, r"\?|吗(?:$|[,。!])"),
    (
        "help",
        3,
        r"求助|帮帮|帮忙|求(?:政府|领导|好心)|救助|帮助(?:我|一下|解决)|报修|(?:派人|找人|安排人)[^,。!?;\n]{0,4}(?:修|看)|修一下|走失|走丢|生活困难|特困|\bplease help\b",
    ),
    (
        "complaint",
        3,
        r"投诉|差评|扰民|态度(?:恶劣|差|不好|很差|极差)|乱收费|不作为|推诿|欺骗|被骗|坑人|霸王条款|拖欠|不退|不给|\bcomplain",
    ),
    (
        "complaint",
        1.5,
        r"太(?:吵|脏|乱|差|臭|过分|黑)|吵|臭|噪[音声]|不管|没人管|不处理|不解决|严重影响|无法忍受|气愤|愤怒|凭什么|为什么|为何|强制|收费高|不合理|扣|欠|骗|坏了|漏水|堵塞?|占用|侵害|垄断|隐患|用不上|破损|乱停|乱放|难以|苦不堪言|不方便|不通|打不通|不给|才能|还没",
    ),
)
"""What speaks for a kind, and how strongly; said twice counts once."""

HEAD_CHARACTERS, HEAD = 40, 1.0
PREFERRED: tuple[Kind, ...] = ("complaint", "help", "report", "suggestion", "consult", "thanks")
"""Where two kinds are equally likely, the earlier one is taken."""

_ASKS = re.compile(ASKS, re.IGNORECASE)
_KINDS = [(key, weight, re.compile(pattern, re.IGNORECASE)) for key, weight, pattern in KINDS]


def kind(text: str, *, subject: str = "", among: Collection[Kind] = PREFERRED) -> Kind:
    """The likeliest kind of those that the institution takes."""
    head = subject or text[:HEAD_CHARACTERS]
    scores: dict[Kind, float] = dict.fromkeys(PREFERRED, 0.0)
    for key, weight, pattern in _KINDS:
        if pattern.search(head):
            scores[key] += weight * (1 + HEAD)
        elif pattern.search(text):
            scores[key] += weight
    if scores["complaint"] + scores["report"] >= scores["thanks"] / 2:
        scores["thanks"] = 0.0  # "谢谢" after a complaint is manners
    if scores["complaint"] + scores["report"] and not (_ASKS.search(head) or _ASKS.search(text)):
        scores["consult"] /= 2  # "还有人管吗？" is a complaint
    taken = [key for key in PREFERRED if key in among] or PREFERRED
    return max(taken, key=lambda key: scores[key])
