"""What the citizen wants to do: complain, report, ask, suggest, get help or thank.

Rules with weights: what is said at the head or in the subject counts twice.
Texts in ``segment.normal`` form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.scanner import Scanner, alternatives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from institutions.model import Apart, Kind

RHETORICAL = r"(?![^。!\n]{0,24}(?:管不管|还管|管吗|没人管|有[没人]*管|谁来?管|为什么|为何|凭什么|良心|天理|王法|怎么(?:这么|还能|就|会|能)|到底|究竟|难道))"
"""After 请问: "请问你们管不管" asks nothing."""

ANSWERABLE = r"(?=[^。!\n]{0,60}(?:怎么|如何|什么|哪|多少|几[点号天时个]|是否|吗|能不能|能否|可不可以|可以|要不要|需不需要|用不用|多久|何时|谁|有没有|\?)|[^\s,。!?;\n]{2,12}(?:$|[。?\n]))"
"""After 请问: "请问一下，楼上漏水了" is a greeting; only what can be answered is asked."""

HOW = r"怎么(?:办理|申请|查(?!处)|算(?!了)|领|交(?!代)|缴|补|连(?!个)|弄(?!的|成|得)|操作|换|退(?!休金)|报名|报销|转|注册|登录|填|取消|预约|开通|激活|写)(?!才|啊啊)|(?:证|卡|执照|手续|户口|社保|护照|签证)[^,。!?;\n]{0,4}怎么办"
ASKS = (
    r"(?<!电话)咨询(?![台师]|公司|电话|窗口)|(?:请问|想问|问一?下|问问|请教)(?:一?下)?[,:\s]?"
    + RHETORICAL
    + ANSWERABLE
    + r"|了解一下|想知道|想了解|"
    + HOW
    + r"|如何(?:办理|申请|办|查询|领取|缴纳|补|计算)"
)
"""Asked in so many words."""

MENDED = r"(?<![没未不])(?:修好|弄好|处理好|办好|办妥|解决|到账)了"
THANKED = r"(?:感谢|谢谢|多谢)[^,。!?;\n]{0,6}"

KINDS: tuple[tuple[Kind, float, str], ...] = (
    (
        "thanks",
        4,
        r"表扬|锦旗|点赞|(?:特此|表示|衷心|非常|十分|真诚地?)感谢|感谢信|感谢[^,。!?;\n]{0,20}(?:帮|解决|师傅|热心|及时|救)|^[\s你您好,。!]*(?:感谢|谢谢|多谢)(?!你?您?的?(?:回复|关注|支持|理解))[^,。!?;\n]{2,}[^。!?\n]{0,30}(?:帮|照顾|送|解决|救|热心|耐心|及时|细心|辛苦|周到)",
    ),
    (
        "thanks",
        4,
        rf"{MENDED}[,。!\s]{{0,3}}(?:太|真|实在|非常|十分)?{THANKED}[。!\s]*$|^[\s你您好,。!]*{THANKED}[,。!\s]+[^,。!?;\n]{{0,20}}{MENDED}[。!\s]*$",
    ),
    ("report", 4, r"举报|检举|揭发|控告"),
    (
        "report",
        1.5,
        r"无证|无照|非法|违法|违规|偷税|造假|假冒|伪劣|赌博|卖淫|传销|黑车|黑诊所|贪污|受贿|行贿|套取|骗取|私自|偷排|违建|克扣|诈骗|偷倒|乱倒|以权谋私|优亲厚友|冒领|侵占|侵吞|盗采|乱砍|滥伐|超载|围标|串标|陪标|挪用|挪去|回扣|好处费|拿了[^,。!?;\n]{0,4}好处|没有?(?:任何)?资质|挂靠|贴牌|冒牌|假(?:酒|烟|药|证|货|合同|章)|掺水|注水肉|造谣|编造|谣言|泄密|公章|出土|文物贩|走私|包养|养小|婚外|公款|大操大办|随礼|吃空饷|酒驾|醉驾|嫖|黑作坊|代考|替考|毒品|吸毒|查处|严查|查实",
    ),
    (
        "suggestion",
        3,
        r"建议(?:政府|市|相关|有关|有|能|在|把|将|增|对|尽|加|取|设|开|修|可以|[::]|$)|的建议|几点建议|提(?:个|一个|一点|几点)?建议|提议|倡议|呼吁",
    ),
    (
        "suggestion",
        1.5,
        r"建议|(?:希望|能否|能不能|可否)[^,。!?;\n]{0,10}(?:增设|增加|开通|设立|新建|规划|推广|引进|完善|延长|优化)",
    ),
    ("consult", 3, ASKS),
    ("complaint", 2, r"(?:公平|合理|过分|像话|应该|负责|说得过去|讲理)吗"),
    (
        "complaint",
        2,
        r"报修[^,。!?;\n]{0,6}(?:[没未]|不[来修]|天|次|无人)|可不可以不要|能不能不要|还有(?:没有)?人(?:上班|管)|难道|凭什么|没人(?:来|理|接|修|处理|回|清|收|值班)|被[^,。!?;\n]{1,6}了[!?]*\?{2}(?![^,。!?;\n]*(?:怎么|多久|如何|哪))",
    ),
    (
        "consult",
        2,
        r"什么(?:手续|条件|材料|流程|政策|时候|标准)|哪些(?:手续|条件|材料)|需要(?:带|准备)|可以[^,。!?;\n]{0,8}吗|能[^,。!?;\n]{0,8}吗|(?:能不能|能否|可不可以|可否)(?:申请|办|领|参加|享受|查|改|退|补|转)|要不要(?!脸)|用不用|是否|有没有|多少钱|何时|几号|几点|在哪里?(?:办|交|领)",
    ),
    ("consult", 1, r"\?|吗(?:$|[,。!])"),
    (
        "help",
        3,
        r"求助|帮帮|帮忙|求(?:政府|领导|好心)|救助|帮助(?:我|一下|解决)|报修(?![^,。!?;\n]{0,6}(?:[没未]|不[来修]|天|次|无人))|(?:派人|找人|安排人)[^,。!?;\n]{0,4}(?:修|看)|(?:想|能不能|能否|可否|希望)请?[^,。!?;\n]{0,12}(?:来|下来|上门|过来)(?:看看|看一下|指导|调解|帮)|(?<!保)修一下|走失|走丢|生活困难|特困",
    ),
    (
        "complaint",
        3,
        r"投诉|差评|扰民|态度(?:恶劣|差|不好|很差|极差)|乱收费|不作为|推诿|欺骗|被骗|坑人|霸王条款|拖欠|不退|不给",
    ),
    (
        "complaint",
        1.5,
        r"太(?:吵|脏|乱|差|臭|过分|黑)|吵|臭|噪[音声]|不管|没人管|不处理|不解决|严重影响|无法忍受|气愤|愤怒|凭什么|为什么|为何|强制|收费高|不合理|扣|欠|骗|坏了|漏水|堵塞?|占用|侵害|垄断|隐患|用不上|破损|乱停|乱放|难以|苦不堪言|不方便|不通|打不通|不给|才能|还没",
    ),
    ("thanks", 4, r"\bthank(?:s| you) for\b"),
    ("report", 4, r"\breport(?:ing)? (?:a|an|the|illegal|someone)\b|\billegal(?:ly)?\b|\bfraud\b|\bbribe"),
    ("suggestion", 3, r"\bsuggest|\bit would be (?:nice|better|great)\b|\bplease consider\b"),
    (
        "consult",
        3,
        r"\bhow (?:do|can|to|much|long)\b|\bwhere (?:do|can|is)\b|\bwhat (?:documents|papers|is the)\b|\bam i (?:allowed|entitled)\b",
    ),
    (
        "help",
        3,
        r"\bplease help\b|\b(?:can|could|would) (?:you|someone|somebody) (?:please )?help\b|\b(?:please|can you|could you) (?:send|fix|repair)\b",
    ),
    ("complaint", 3, r"\bcomplain|\bscam|\brefund\b|\brude\b|\brefuse"),
)
"""What speaks for a kind, and how strongly; said twice counts once."""

HEAD_CHARACTERS, HEAD = 40, 1.0
PREFERRED: tuple[Kind, ...] = ("complaint", "help", "report", "suggestion", "consult", "thanks")
"""Where two kinds are equally likely, the earlier one is taken, unless the institution has an order of its own."""

ASKING = ASKS + r"|(?i:\bhow (?:(?:long|much) (?:does|will|would|did)|(?:do|can) (?:i|we))\b)"
_SIGNS = Scanner(
    [("asking", ASKING)]
    + [
        (f"row{number}", f"(?i:{one})" if r"\b" in pattern else one)
        for number, (_, _, pattern) in enumerate(KINDS)
        for one in alternatives(pattern)
    ]
)

OFFICE = r"(?!举报(?:中心|平台|电话|热线|渠道|办法|处理|信箱|窗口)|(?:中心|平台|电话|热线|渠道|率|办法|信箱|窗口|奖励|[^,。!?;\n]{0,5}(?:没用|没人|无果|未果|没结果|没下文|无门|不了了之)))"
"""After 投诉 or 举报: 投诉举报中心 is an office, "投诉没人管" is what came of it, "举报奖励" is what it earns."""
UNSAID = "".join(
    f"(?<!{words})"
    for words in "不 没 未 不想 不要 不用 不会 没有 已经 之前 曾经 以前 多次 上次 怎么 如何 可以 被人 能不能".split()
)
"""Not before them: what is not wanted, what was done before, and what is only asked about."""
APART: dict[Apart, re.Pattern[str]] = {
    "complaint": re.compile(
        UNSAID
        + r"投诉(?![过了])"
        + OFFICE
        + r"|(?<!不)(?:要求|希望|想要?|请求|必须|应该|应当|得|帮我|要|请)[^,。!?;\n]{0,10}(?:退一?[款钱货费还换赔]|退给我|赔|换货|补偿|调解|协调解决)"
        + r"|(?i:\bcomplain\b|\bcomplaint\b|\b(?:want|like|need|get) (?:a |my |the )?(?:full )?(?:refund|money back|compensation)\b)"
    ),
    "report": re.compile(
        UNSAID
        + r"(?:举报|检举)(?![过了])"
        + OFFICE
        + r"|(?<!不)(?:要求|希望|请|依法|严肃|严厉|从重|必须|应该|应当|建议)[^,。!?;\n]{0,10}(?:查处|处罚|立案|严惩|取缔|罚款|吊销)"
        + r"|(?i:\breport(?:ing)? (?:it|them|him|her|this|that|the (?:shop|store|seller|company|business|restaurant)) (?:as well|too|to|for|because)\b|\b(?:also|and) report\b)"
    ),
}
"""How somebody asks in so many words that their dispute be settled, and that a breach of law be looked into."""


def told(text: str, among: Sequence[Apart]) -> tuple[Apart, ...]:
    """Those of *among* that the text asks for in so many words, in their order."""
    return tuple(key for key in among if APART[key].search(text))


def kind(text: str, *, subject: str = "", among: Sequence[Kind] = PREFERRED) -> Kind:
    """The likeliest kind *among* those the institution takes; of two as likely, the one it names first."""
    loud, said = _SIGNS.held(subject or text[:HEAD_CHARACTERS]), _SIGNS.held(text)
    scores: dict[Kind, float] = dict.fromkeys(PREFERRED, 0.0)
    for number, (key, weight, _) in enumerate(KINDS):
        if (name := f"row{number}") in loud:
            scores[key] += weight * (1 + HEAD)
        elif name in said:
            scores[key] += weight
    if scores["complaint"] + scores["report"] >= scores["thanks"] / 2:
        scores["thanks"] = 0.0  # "谢谢" after a complaint is manners
    if scores["complaint"] + scores["report"] and "asking" not in loud | said:
        scores["consult"] /= 2  # "还有人管吗？" is a complaint
    return max(among, key=lambda key: scores[key])
