"""What kind of message it is, how urgent, and whether somebody is in danger now.

Rules with reasons: each row is a pattern and what it says. Danger errs on the
side of telling people the number to call; what was, what might be and what is
denied is no danger now. Texts in ``segment.normal`` form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.facts import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from institutions.model import Grade, Kind

END = r"[,。.!?;:\n]"

GAS = r"(?:煤气|燃气|天然气|液化气|沼气|瓦斯|气罐|煤气罐)"
NOW = r"(?:正在|正|现在|此刻|刚刚?|刚才|还在|又在?|一直在|马上|快来|快点|快救|这里|这儿|有人)"
VEHICLE = r"(?:车|卡车|公交|出租车|电动车|摩托)"

DANGERS: tuple[tuple[str, str], ...] = (
    (
        "fire",
        r"(?<!不)着(?:大|了)?火(?!点|源)|起火(?!点)|失火|走火|火灾|大火(?!锅|车)|(?:烧|燃)(?:起来|着)了|火苗|自燃|纵火|放火(?!烧荒)",
    ),
    (
        "fire",
        r"冒(?:着|出|起)?了?(?:很大|好大|滚滚)?的?(?:浓|黑|白)?烟|浓烟(?:滚滚)?|爆炸(?!性|头|式)|\b(?:on fire|caught fire|there is a fire|explosion)\b",
    ),
    ("gas", GAS + r"(?:灶|表|管道?|阀门?|罐|瓶)?[^,。!?;\n价费]{0,6}(?:泄漏|泄露|漏|味|中毒|爆)|漏(?:了)?" + GAS),
    (
        "gas",
        r"(?:闻到|一股|好大|很大|很浓|浓浓)[^,。!?;\n]{0,6}"
        + GAS
        + r"(?!公司|费|灶|表|站)|(?:灶|阀门?|罐|气管|气表)漏气|一氧化碳(?:中毒|超标|泄漏|报警)",
    ),
    (
        "gas",
        r"(?:毒气|氨气|氯气|危化品|化学品|农药厂)[^,。!?;\n]{0,4}(?:泄漏|泄露)|\b(?:gas leak|smell(?:s|ing)?(?: of)? gas|leaking gas)",
    ),
    (
        "self_harm",
        r"不想活|想死(?!你)|活不下去|活着没意思|轻生|自杀(?!式)|自残|寻短见|跳楼(?!价|机|甩|大)|跳(?:河|江|桥)|割腕|喝农药",
    ),
    (
        "self_harm",
        r"了结(?:自己|生命|此生)|结束(?:自己|我)?的?生命|死给|同归于尽|想不开|一死了之|遗书|\b(?:kill myself|suicide|want to die)\b",
    ),
    (
        "crime",
        r"持刀|(?:拿|提|举)着?(?:菜|砍|水果|西瓜|大)?刀|砍(?:人|我|死|伤)|捅(?:人|我|了)|绑架|劫持|抢劫|被抢了|要杀|杀人了?(?!不见血|凶手|犯|如麻|诛心|案)|(?<!不)救命(?!稻草|钱|药|粮|恩|的)",
    ),
    (
        "crime",
        r"(?:撬|砸)门(?:进|闯)|有人入室|入室(?:盗窃|抢劫|行凶)|强奸|\b(?:with a knife|being attacked|robbery|help me)\b",
    ),
    ("crime", NOW + r"[^,。!?;\n]{0,8}(?:打人|打架|斗殴|殴打|家暴|被打|打我|打他|打她|打孩子|猥亵|围攻|行凶|动手)"),
    (
        "traffic",
        r"(?:车祸|追尾|翻车|撞(?:了|到|倒|上|飞|伤)|交通事故)[^。!?\n]{0,12}(?:受伤|流血|出血|倒地|昏|动不了|困|躺|伤了|死)",
    ),
    (
        "traffic",
        NOW
        + r"[^,。!?;\n]{0,10}(?:车祸|追尾|翻车|"
        + VEHICLE
        + r"[^,。!?;\n]{0,4}撞|撞(?:了|到|倒|上|飞|伤)(?:人|车|老|小|孩|个))|出车祸了",
    ),
    (
        "traffic",
        r"被[^,。!?;\n]{0,6}"
        + VEHICLE
        + r"[^,。!?;\n]{0,2}撞(?:了|倒|伤|飞)|\b(?:car crash|car accident|hit by a (?:car|truck|bus))\b",
    ),
    (
        "medical",
        r"晕(?:倒|了|过去|厥)|昏(?:倒|迷|过去)|休克|没(?:有|了)?(?:呼吸|心跳|意识)|叫不醒|大出血|流(?:了|着)?(?:好多|很多|不止|一地|满地)的?血|血流不止|(?:头|脸|腿|手|身|脚)上?(?:都|全|满|到处)?是血|[满一](?:头|脸|身|手)(?:都)?是?血",
    ),
    (
        "medical",
        r"心脏病(?:发|犯)|心梗|脑梗了|抽搐|溺水|落水|掉(?:进|到|下|入)了?[^,。!?;\n]{0,4}(?:水|河|江|湖|井|坑)里?|触电|窒息|噎(?:住|到)了",
    ),
    (
        "medical",
        r"(?:食物|集体|煤气|酒精|农药|误食)中毒|(?<!电脑)(?<!手机)(?<!系统)中毒了|坠(?:楼|落受伤)|快(?:要)?生了|羊水破|快不行了|叫(?:个|辆)?救护车|(?<!冒着)生命危险",
    ),
    (
        "medical",
        r"\b(?:unconscious|not breathing|heart attack|bleeding badly|heavy bleeding|drowning|electrocuted|needs? an ambulance)\b",
    ),
)
"""In the order in which they count: the first that holds is told."""

DENIED = re.compile(
    r"(?:没有?|未|并未|不是|不会|无|别|不要|不许|禁止|严禁|防止?|预防|避免|以免|免得|谨防|杜绝|严防|no |not )[^,。!?;\n]{0,4}$",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"(?:如果|要是|万一|一旦|假如|假设|若|倘若|会不会|容易|极易|[很极]?易(?:发生?)?|怕|担心|害怕|恐怕|真?出了?(?:火灾|事)|(?:可能|将)?会(?:引[发起]|造成|导致|发生)?"
    r"|可能(?:引[发起]|造成|导致|发生)|引[发起]|导致|演练|演习|模拟|宣传|培训|学习|保险|if |in case )[^,。!?;\n]{0,8}$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"(?:去年|前年|上个?月|上周|上星期|上个?礼拜|昨天|昨晚|昨日|前天|前晚|前几天|几天前|[年月天周]前|以前|之前|曾经?|当时|当年|早年|那次|那年|那天|上次|历史上|小时候"
    r"|(?:19|20)\d\d年|\d{1,2}月\d{1,2}[日号]|last |yesterday|ago )[^。!?\n]{0,24}$|过(?:[一两几三]次)?$",
    re.IGNORECASE,
)
STILL = re.compile(r"现在|还在|仍|至今|到今天|又|正在|今天|今早|今晚|刚|now|still")
AFTERWARDS = re.compile(
    r"[^,。!?;\n]{0,3}(?:隐患|风险|可能|预案|演练|演习|知识|培训|宣传|报警器|报警系统|险种|赔偿|索赔|认定|责任|鉴定|多发|频发|频繁|高发|事故率|怎么办理?"
    r"|的(?:话|时候|危险|后果)|过)|[^。!?\n]{0,10}(?:扑灭|已?灭了|已经?处理|处理好了|出院|已报警处理|虚惊)"
)
SMOKE_OF_TRADE = re.compile(
    r"烟囱|工厂|厂房?|尾气|排气|汽车|公交|货车|渣土车|柴油|饭店|餐馆|烧烤|厨房|油烟|秸秆|垃圾|锅炉|香烟|抽烟|吸烟|头上|头顶|冒火"
)
"""Smoke that is an old nuisance, not a fire."""

TRAPPED = re.compile(
    r"(?:被?困|关|卡)在了?(?:电梯|轿厢|里面|屋里|水里)|电梯[^,。!?;\n]{0,6}(?:困|关)(?:住|着|了)?人?|被困|trapped|stuck in the (?:lift|elevator)",
    re.IGNORECASE,
)
URGENT = (
    re.compile(
        r"(?:停|断)(?:了)?(?:水|电|气|暖|热水)(?!费|卡|表|通知|公告|计划|线路|瓶|动)|没(?:有)?(?:自来)?(?:水|电|燃气|天然气)(?:了|用|喝|可用|[,。!;\s]|$)"
    ),
    re.compile(
        r"(?:全楼|整栋楼?|全小区|全村)[^,。!?;\n]{0,4}没(?:水|电|气|暖)|爆管|水管(?:爆|破)|no (?:water|power|electricity|gas) ",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:井盖|窨井)[^,。!?;\n]{0,8}(?:丢|没了|缺|不见|破|翻|偷|敞|塌|开着)|没(?:有)?井盖|(?:路面|地面|道路|楼板|房屋|墙体?)[^,。!?;\n]{0,4}(?:塌陷|坍塌|倒塌|塌了)"
    ),
    re.compile(r"(?:电线|电缆|高压线)[^,。!?;\n]{0,6}(?:掉|垂|断|裸露|漏电|冒火)|漏电|电死"),
    re.compile(
        r"(?:走失|失踪|走丢|下落不明)|(?:外墙|墙皮|瓷砖|玻璃|广告牌|空调)[^,。!?;\n]{0,4}(?:砸|掉(?:下|落)|脱落)|高空(?:坠|抛)物?[^,。!?;\n]{0,4}(?:砸|伤)"
    ),
    re.compile(r"(?:自来水|热水|电|燃气|天然气|暖气)[^,。!?;\n]{0,8}(?:停了|停到|断了|停着|一直停)|呼吸机|制氧机"),
    re.compile(r"(?:围堵|堵路|拦路|聚众|聚集了?(?:几十|上百|很多))|(?:打人|殴打|被打|打伤|家暴)"),
)
"""Outage of water, power or gas; open holes; live wires; missing people; life on a machine; crowds; violence that is not going on."""

NOT_NOW = re.compile(
    r"(?:经常|常常|老是|总是?|动不动|时常|频繁|屡次|三天两头|不定时|隔三差五|每[天周月年晚])[^,。!?;\n]{0,6}$"
)
COMPLEX = re.compile(
    r"历史遗留|烂尾|踢皮球|互相推诿|相互推诿|推来推去|全体(?:业主|村民|职工|员工|住户|家长)|(?:几十|上百|数百|几百|上千|数千|几千|(?<!\d)\d{2,5})余?多?(?:户|位业主|名业主|名职工|名员工|个家庭)"
    r"|集体(?:上访|维权|诉求|签名)|多年[^,。!?;\n]{0,4}(?:未|没有?|不|得不到)(?:解决|处理|办理|落实)"
)

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
_DANGERS = [(key, re.compile(pattern, re.IGNORECASE)) for key, pattern in DANGERS]
_KINDS = [(key, weight, re.compile(pattern, re.IGNORECASE)) for key, weight, pattern in KINDS]


LETTER, LETTER_HEAD = 200, 80
"""A text longer than this tells a story: what happens now stands at its head or is said to be now."""


def danger(text: str) -> Found | None:
    """Who is in danger now and how: fire, gas, self_harm, crime, traffic, medical or trapped; None: nobody."""
    for key, pattern in _DANGERS:
        for match in pattern.finditer(text):
            hints = key == "self_harm"
            if not hints and (_is_trade_smoke(text, match) or _is_told_in_passing(text, match)):
                continue
            if _happens_now(text, match, hints=hints):
                return Found(key, *match.span())
    stuck = next((match for match in TRAPPED.finditer(text) if _happens_now(text, match)), None)
    return Found("trapped", *stuck.span()) if stuck else None


def grade(text: str, *, in_danger: bool, kind: str) -> Grade:
    """How urgent *text* is by itself; an institution's own grades come on top of it."""
    if in_danger:
        return "emergency"
    if any(_happens_now(text, match) and not _often(text, match) for match in _urgent(text)):
        return "urgent"
    if COMPLEX.search(text):
        return "complex"
    return "minor" if kind == "thanks" else "ordinary"


def kind(text: str, *, subject: str = "") -> Kind:
    """What the citizen wants to do: complain, report, ask, suggest, get help or thank."""
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
    best = max(scores.values())
    return next(key for key in PREFERRED if scores[key] == best)


def _happens_now(text: str, match: re.Match[str], *, hints: bool = False) -> bool:
    """Whether what *match* tells is neither denied, supposed nor over. With *hints*, supposing it counts."""
    before = text[max(0, match.start() - 40) : match.start()]
    if DENIED.search(before):
        return False
    if not hints and (SUPPOSED.search(before) or AFTERWARDS.match(text, match.end())):
        return False
    past = PAST.search(before)
    return past is None or STILL.search(text, match.start() - len(before) + past.start(), match.end() + 12) is not None


def _is_trade_smoke(text: str, match: re.Match[str]) -> bool:
    return "烟" in match[0] and SMOKE_OF_TRADE.search(text, max(0, match.start() - 20), match.end() + 6) is not None


def _is_told_in_passing(text: str, match: re.Match[str]) -> bool:
    if len(text) <= LETTER or match.start() < LETTER_HEAD:
        return False
    return re.search(NOW, text[match.start() - 12 : match.start()]) is None


def _often(text: str, match: re.Match[str]) -> bool:
    return NOT_NOW.search(text[max(0, match.start() - 16) : match.start()]) is not None


def _urgent(text: str) -> Iterator[re.Match[str]]:
    for pattern in URGENT:
        yield from pattern.finditer(text)
