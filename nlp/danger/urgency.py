"""How urgent a message is, and whether somebody is in danger now.

Rules with reasons: what is found names the words that made it so. Danger errs
on the side of telling people the number to call; what was, what might be and
what is denied is no danger now. Texts in ``segment.normal`` form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nlp.danger.alarming import heaviest, parts, weight
from nlp.danger.alarming import kind as kind_of
from nlp.danger.clues import CLUES
from nlp.danger.english_dangers import ENGLISH
from nlp.danger.hazards import ACCIDENTS, HAZARDS
from nlp.danger.signs import NOW
from nlp.danger.threats import CRIES, THREATS
from nlp.facts import Found
from nlp.scanner import Scanner, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from institutions.model import Grade, Kind
    from nlp.danger.clues import Clues
    from nlp.danger.signs import Sign

GAP = r"[^,。!?;\s]"
"""What stands between a denial and what is denied: citizens write blanks where punctuation would be."""

DENIED = re.compile(
    r"(?:没有|闻不[到出]|没(?!人|有|法|用|钱|办法|地方|意思|救|完|处|来)|(?<!还)未(?!必)|(?<!是)不是|不会|无(?!人|法|奈|助|家|缘|故|证)|别(?!人|的|墅|处)|不要"
    rf"|不许|禁止|严禁|(?<![消国城])防止?|预防|避免|以免|免得|谨防|杜绝|严防){GAP}{{0,4}}$|\b(?:no|not|never) [^,.!?;\n]{{0,4}}$",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"(?:如果|差一?点|险些|迟早|早晚|要是|万一|一旦|假如|假设|倘若|(?<!会)会不会(?!是)|容易|极易|[很极]?易(?:发生?)?|[很好]?怕(?!的)|担心|害怕|恐怕|真?出了?(?:火灾|事)|(?:可能|将|就)会|会(?:引[发起]|造成|导致|发生)"
    rf"|可能(?:引[发起]|造成|导致|发生)|引[发起]|导致|演练|演习|模拟|宣传|培训|学习|保险|据说){GAP}{{0,8}}$|\b(?:if|in case) [^,.!?;\n]{{0,16}}$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"(?:去年|前年|上个?月|上周|上星期|上个?礼拜|昨天|昨晚|昨日|前天|前晚|前几[天日]|前些[天日]|前一[天晚]|前段时间|前不久|不久前|几天前|[年月天周]前|以前|之前|曾经?|当时|当年|早年|那次|那年|那天|那晚|当晚|当天|当日|某日|上次|历史上|小时候"
    r"|(?:19|20)\d\d年|\d{1,2}月\d{1,2}[日号]|last |yesterday|ago )[^。!?\n]{0,24}$|过(?:[一两几三]次)?$",
    re.IGNORECASE,
)
STILL = re.compile(
    r"(?<!到)现在|到现在(?!都?还?[没未不])|还在|仍在|仍然?(?![未没不])|到今天|又|正在|今天|今早|今晚|刚|一直(?!没|不|未|拖|推|扯|得不|在[拖推扯])|开始|越来越|now|still",
    re.IGNORECASE,
)
AFTERWARDS = re.compile(
    rf"{GAP}{{0,3}}(?:隐患|风险|可能|预案|演练|演习|知识|讲座|培训|宣传|报警器(?!响|叫)|报警系统|险种|险怎么|赔偿|索赔|理赔|认定|责任|鉴定|事件|多发|频发|频繁|高发|事故率|怎么办理"
    r"|身亡|死亡|去世|过世|的(?:话|时候|危险|后果|案例|例子|新闻|标准|规定|流程|概率|方式|事情)|公证|格式|模板|范文|范本|式的|消防车怎么|过(?![来去不道分敏]))|[^。!?\n没未不]{0,10}(?:扑灭|已灭了|已经灭|已经?处理|处理好了|出院|已报警处理|虚惊|已经?解决|解决了)"
)
SMOKE_OF_TRADE = re.compile(
    r"烟囱|窑|工厂|厂房?|尾气|排气|汽车|公交|货车|渣土车|柴油|饭店|餐馆|烧烤|厨房|油烟|秸秆|垃圾|锅炉|香烟|抽烟|吸烟|头上|头顶|冒火"
)
"""Smoke that is an old nuisance, not a fire."""

SUPPOSED_INSIDE = re.compile(r"万一|要是|如果|一旦|假如|迟早|早晚|就会|不装")
FIRE_LANE = re.compile(r"消防(?:通道|车道|登高面|设施|栓)[^。!?\n]{0,16}$")
FIGURE = re.compile(
    r"(?:简直|等于|堪比|好比|如同|仿佛|无异于|变相|明摆着)(?:就?是|在|要)?$|(?<!好)像$|(?:热|冷|困|累|等|排|堵|烦|气|无聊|饿|丑|贵|卡|慢|急|加班|笑|尴尬|跌|亏|吵)[^,。!?;\n]{0,4}[得到都](?:我|人)?(?:真|都|简直)?(?:想|要)?$"
)
"""A price like a robbery, a queue to die in: said of what only annoys."""

STORY = re.compile(r"电视剧|电影|小说|游戏|演员|剧本|动漫|剧情")
UNHURT = re.compile(r"[无没][有]?人(?:员)?(?:受)?伤|没(?:有)?(?:受伤|伤到|伤着|伤人)|人没事|虚惊|未造成")
BEAST = re.compile(r"(?:宠物|(?<!被)(?<!让)[狗猫牛羊猪鸡兔])[^,。!?;\s]{0,3}$")
ASLEEP = re.compile(r"(?:窗口|叫号|柜台|客服)[^。!?\n]{0,8}$|睡(?:觉|着|大觉|懒觉|得)[^。!?\n]{0,8}$")
OPPRESSED = re.compile(r"(?:鼻炎|鼻塞|压|挤|臭|熏|债|贷|味|刺鼻|污染|灰尘|粉尘)[^。!?\n]{0,24}$")
THING = re.compile(r"(?:手机|钥匙|球|东西|戒指|钱包|耳机|包|井盖|垃圾|鞋|证|卡)[^,。!?;\n]{0,4}$")
"""A guard who cannot be woken, a breath that debts take, a phone in the drain: nobody's danger."""

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
    re.compile(
        r"(?:随时|眼看)(?:都)?(?:会|可能|就)?要?(?:倒(?!闭)|塌|掉下|砸|断)|摇摇欲坠|(?:[两三四五六七八九十几多]|\d{1,3})个?(?:人|学生|孩子|同学|同事|工人)[^,。!?;\n]{0,8}(?:上吐下泻|呕吐|腹泻|拉肚子|中毒)"
    ),
    re.compile(
        r"(?:围堵|堵路|拦路|聚众|聚集了?(?:几十|上百|很多))|(?:打人|殴打|被打(?!回|断|折|电话|扰|开|扮|乱)|打伤|家暴)"
    ),
)
"""Outage of water, power or gas; open holes; live wires; missing people; life on a machine; crowds; what may fall any moment; several taken ill; violence that is not going on."""

NOT_NOW = re.compile(
    r"(?:经常|有时|多次|曾|常常|老是|总是?|动不动|时常|频繁|屡次|三天两头|不定时|隔三差五|每[天周月年晚])[^,。!?;\n]{0,6}$"
)
MANY = r"(?:几十|上百|数百|几百|上千|数千|几千|(?<!\d)\d{2,5}|[二三四五六七八九]十|[一二三四五六七八九两][百千])[余多来几]{0,2}"
COMPLEX = re.compile(
    r"历史遗留|烂尾|踢皮球|扯皮|[互相]{2}推(?![荐广动进])|推来推去|全体(?:业主|村民|职工|员工|住户|家长)|集体(?:上访|维权|诉求|签名)"
    rf"|{MANY}(?:户|位业主|[名个]?(?:业主|职工|员工|村民|住户|居民|工人)|个家庭)|(?:好几|几|多|三|四)个(?:村(?!干)|乡镇|小区|部门|单位)[^,。!?;\n]{{0,4}}(?:都|谁也|推|扯|不认|不管)"
    r"|(?:都|全)说不归|多年[^,。!?;\n]{0,4}(?:未|没有?|不|得不到)(?:解决|处理|办理|落实)"
    r"|(?:[三四五六七八九十]|(?<!\d)\d{1,2})年多?了?[^,。!?;\n]{0,4}(?:没|未)[^,。!?;\n]{0,2}(?:解决|给|结清|兑现|落实|补偿|交房|办下来)"
)
"""Many people, many offices or many years."""

LETTER, LETTER_HEAD = 200, 80
"""A text longer than this tells a story: what happens now stands at its head or is said to be now."""

MESSAGE, AROUND = 100, 25
"""A text up to this long is weighed as a whole; characters on each side that are weighed with a sign."""

ALARMING, ALARMING_TITLE, ALARMING_PART = 0, 300, 700
"""Weights, see ``nlp.danger.alarming``, above which there is danger: a message's, a subject's, that of a part of a longer text."""

ANSWERS = ((6, 200), (15, 60))
"""A text up to this long may answer a question (who: 我妈; where: 在桥上); it must weigh so much more."""

REFUSED = 300
"""What a text must weigh more when a sign in it was denied, supposed or over."""

UNLIKELY, FOREIGN, FOREIGN_TO_HINTS = -200, -300, -600
"""Two clues need more than the first around them; a sign in a longer text more than the second, a hint than the last."""

SIGNS = (*HAZARDS, *THREATS, *ENGLISH, *ACCIDENTS)
"""In the order in which they count: the first that holds is told; then clues, and a bare cry for help last."""


def _by_character(needs: Iterable[frozenset[str]]) -> dict[str, int]:
    """For each character the rows that it makes worth looking for, a bit each: far quicker than asking every row."""
    rows: dict[str, int] = {}
    for at, characters in enumerate(needs):
        for character in characters:
            rows[character] = rows.get(character, 0) | 1 << at
    return rows


def _scanner(patterns: Iterable[re.Pattern[str]]) -> Scanner:
    """Finds each of them by itself, all in one pass, under its number."""
    return Scanner(
        (f"row{number}", f"(?i:{one})" if pattern.flags & re.IGNORECASE else one)
        for number, pattern in enumerate(patterns)
        for one in alternatives(pattern.pattern)
    )


URGENT_WORDS, COMPLEX_WORDS = _scanner(URGENT), _scanner((COMPLEX,))
SIGN_WORDS, CRY_WORDS = _scanner(sign.words for sign in SIGNS), _scanner(cry.words for cry in CRIES)
CLUE_WORDS = _scanner(clues.first for clues in CLUES)
BY_CHARACTER = _by_character(
    [
        *(clues.needs[0] for clues in CLUES),
        *(clues.needs[1] for clues in CLUES),
        *(sign.needs for sign in (*SIGNS, *CRIES)),
    ]
)


class Rows(NamedTuple):
    """Which rows of each table may find something, a bit for each."""

    signs: int
    clues: int
    cries: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A grade, the words that made it so (None: none did), and the danger, if there is one."""

    grade: Grade
    words: str | None = None
    danger: str | None = None


def danger(text: str, *, least: int = ALARMING) -> Found | None:
    """Who is in danger now and how, with the words that say so; None: nobody.

    The value is fire, gas, self_harm, crime, traffic, medical or trapped. A
    text that no rule knows must weigh more than *least* (see ``nlp.danger.alarming``).
    """
    needed = _needed(text)
    refused = False
    for at, match in _told(text, SIGN_WORDS, needed.signs):
        sign = SIGNS[at]
        if _is_so(text, match, sign):
            return Found(sign.kind, *match.span())
        refused = True
    if found := _unlisted(text, needed.clues, least + REFUSED * refused):
        return found
    cries = (
        Found(CRIES[at].kind, *match.span())
        for at, match in _told(text, CRY_WORDS, needed.cries)
        if _is_so(text, match, CRIES[at])
    )
    return next(cries, None)


def _told(text: str, words: Scanner, rows: int) -> Iterator[tuple[int, re.Match[str]]]:
    """What those *rows* find, by the number of the row."""
    found = words.every(text) if rows else {}
    for at in _bits(rows) if found else ():
        for match in found.get(f"row{at}", ()):
            yield at, match


def _needed(text: str) -> Rows:
    every = 0
    for character in frozenset(text.lower()):
        every |= BY_CHARACTER.get(character, 0)
    clues, signs = len(CLUES), len(SIGNS)
    told = every >> 2 * clues
    return Rows(told & ~(-1 << signs), every & every >> clues & ~(-1 << clues), told >> signs)


def _bits(rows: int) -> Iterator[int]:
    while rows:
        low = rows & -rows
        yield low.bit_length() - 1
        rows ^= low


def _clues(text: str, rows: int) -> Found | None:
    pairs = (_pair(text, match, CLUES[at]) for at, match in _told(text, CLUE_WORDS, rows))
    return next(filter(None, pairs), None)


def _pair(text: str, match: re.Match[str], clues: Clues) -> Found | None:
    start, end = max(0, match.start() - clues.within), match.end() + clues.within
    for other in clues.second.finditer(text, start, end + 12):
        if other.start() > end or clues.unless.search(text, max(0, start - 12), end + 20):
            continue
        first, last = min(match.start(), other.start()), max(match.end(), other.end())
        around = text[max(0, first - AROUND) : last + AROUND]
        if _holds(text, match, clues) and _holds(text, other, clues) and weight(around) > UNLIKELY:
            return Found(clues.kind or kind_of(around), first, last)
    return None


def _unlisted(text: str, rows: int, least: int) -> Found | None:
    """What two clues tell, or what weighs so much that it is a danger, though no sign knows its words."""
    if len(text) <= MESSAGE:
        mass = weight(text) - next((more for length, more in ANSWERS if len(text) <= length), 0)
        found = _clues(text, rows) if mass > UNLIKELY else None
        return found or (_found(text, 0, len(text)) if mass > least else None)
    if len(text) > LETTER:
        return _clues(text[: LETTER_HEAD + AROUND], rows)
    if found := _clues(text, rows):
        return found
    bounds = (bound for bound in parts(text) if weight(text[slice(*bound)]) > ALARMING_PART)
    return _found(text, *first) if (first := next(bounds, None)) else None


def _found(text: str, start: int, end: int) -> Found:
    part = text[start:end]
    first, last = heaviest(part)
    return Found(kind_of(part), start + first, start + last)


def _is_out_of_tune(text: str, start: int, end: int, *, least: int) -> bool:
    """Whether what stands around speaks of anything but a danger, in a text long enough to tell of much."""
    return len(text) > MESSAGE and weight(text[max(0, start - AROUND) : end + AROUND]) < least


def _holds(text: str, match: re.Match[str], clues: Clues) -> bool:
    passing = _is_told_in_passing(text, match) or _is_nobodys(text, match) or (not clues.hint and _often(text, match))
    return not passing and _happens_now(text, match, hint=clues.hint)


def judge(text: str, *, kind: Kind, subject: str = "") -> Judged:
    """How urgent a message is by itself; an institution's own grades come on top of it."""
    for told, least in ((text, ALARMING), (subject, ALARMING_TITLE)):
        if found := danger(told, least=least):
            return Judged("emergency", told[found.start : found.end], found.value)
    whole = f"{subject}\n{text}"
    for match in _urgent(whole):
        if _happens_now(whole, match) and not _often(whole, match):
            return Judged("urgent", match[0])
    if many := COMPLEX_WORDS.search(whole):
        return Judged("complex", many[0])
    return Judged("minor" if kind == "thanks" else "ordinary")


def _is_so(text: str, match: re.Match[str], sign: Sign) -> bool:
    least = FOREIGN_TO_HINTS if sign.hint else FOREIGN
    if _is_out_of_tune(text, *match.span(), least=least):
        return False
    if sign.hint:
        return _happens_now(text, match, hint=True)
    passing = _is_trade_smoke(text, match) or _is_told_in_passing(text, match) or _is_nobodys(text, match)
    return not passing and not _often(text, match) and _happens_now(text, match)


def _happens_now(text: str, match: re.Match[str], *, hint: bool = False) -> bool:
    """Whether what *match* tells is neither denied, supposed nor over. With *hint*, supposing it counts."""
    before = text[max(0, match.start() - 40) : match.start()]
    if DENIED.search(before):
        return False
    if AFTERWARDS.match(text, match.end()) or FIGURE.search(before):
        return False
    if not hint and (SUPPOSED.search(before) or SUPPOSED_INSIDE.search(match[0]) or _is_about_a_lane(before, match)):
        return False
    past = PAST.search(before + match[0])
    return past is None or STILL.search(text, match.start() - len(before) + past.start(), match.end() + 12) is not None


def _is_about_a_lane(before: str, match: re.Match[str]) -> bool:
    lane = FIRE_LANE.search(before) if "火" in match[0] else None
    return lane is not None and STILL.search(lane[0]) is None


def _is_trade_smoke(text: str, match: re.Match[str]) -> bool:
    return "烟" in match[0] and SMOKE_OF_TRADE.search(text, max(0, match.start() - 20), match.end() + 6) is not None


def _is_nobodys(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    if BEAST.search(before) or UNHURT.search(text, match.start(), match.end() + 10) or STORY.search(before[-12:]):
        return True
    if "醒" in match[0] or "应" in match[0]:
        return ASLEEP.search(before) is not None
    if match[0].endswith(("气", "困难")):
        return OPPRESSED.search(before) is not None
    return match[0][0] in "掉跌摔滑" and THING.search(before) is not None


def _is_told_in_passing(text: str, match: re.Match[str]) -> bool:
    if len(text) <= LETTER or match.start() < LETTER_HEAD:
        return False
    return re.search(NOW, text[match.start() - 12 : match.start()]) is None


def _often(text: str, match: re.Match[str]) -> bool:
    return NOT_NOW.search(text[max(0, match.start() - 16) : match.start()]) is not None


def _urgent(text: str) -> Iterator[re.Match[str]]:
    found = URGENT_WORDS.every(text)
    for number in range(len(URGENT)):
        yield from found.get(f"row{number}", ())
