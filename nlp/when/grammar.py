"""Which runs of characters speak of time.

One pass of one regular expression finds *atoms* (昨天, 晚上, 十一点多); every
alternative is bounded, so the pass is linear. ``nlp.when.times`` joins atoms that
stand together; what day they mean is ``when_resolve``'s business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nlp.scanner import Scanner
from nlp.when import fields as read
from nlp.when import lunar, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nlp.when.fields import Fields


class Atom(NamedTuple):
    """A run of the text and what it fixes; ``rank`` orders coarse to fine."""

    rank: float
    start: int
    end: int
    fields: Fields


class Rule(NamedTuple):
    """A kind of atom: how it is written and how its match is read. The first rule that fits wins."""

    name: str
    rank: float
    pattern: str
    read: Callable[[re.Match[str]], Fields | None]


def _any(listed: Iterable[str]) -> str:
    return "|".join(sorted(listed, key=len, reverse=True))


D = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
N = r"(?:\d{1,5}(?:\.\d{1,2})?|[一二两三四五六七八九十百千俩仨几数零]{1,6}|半)"
TO = r"\s?[-~—–至到]{1,2}\s?"
HAN = "零一二三四五六七八九"
NEARLY = r"(?!(?:(?<=快)|(?<=快到)|(?<=快要))[^\s,。!?;]{2,4}了)"
"""Not before a feast that is still to come, which tells how late it has become: 快中秋节了还没修好."""
SOME = "一二两三四五六七八九十几半\\d"  # before 周 or 星期 they make a number of weeks
ESTATE = r"(?:花园|家园|广场|公寓|大厦|新城|豪庭|名苑|百货|超市|酒店|幼儿园|大酒店)"
"""Behind 明天 or 春天 these make a name."""
PIECE = r"(?:(?:年|月)?(初|底|末|尾|中旬|中(?!旬)|上旬|下旬|伊始))?"
UNIT = r"年|月|周|星期|礼拜|天|日|小时|钟头|个钟|分钟|刻钟|秒钟|秒|季度|学期|载"
THING = (  # what a number with 号 counts when it is no day: 8号楼, 2号线, 60号令
    "楼线院门房店栋幢桥台车令文铺机井厅仓馆墙位码公地单元工桌窗柜厂团附之室间人商坝区段岗病通字矿炉柱杆塔卡口路弄巷坑点"
)
ADDRESS = "路街道巷弄村里园区苑城栋幢座层楼门字编牌院甲乙丙组站a-zA-Z#"  # before a number with 号
MONTH_DAY = (
    rf"({D}|初[{HAN[1:]}十]|廿[{HAN[1:]}]?)(?!\d|\.\d|[年月个点时分元万吨块%度多余几天周斤米次定直样般起些共切旦边再向律概家])"
    rf"\s?([日号](?![楼线栋]))?"
)
YEAR_GOES_ON = (
    rf"(\s?(?:{D}|腊|正)月|第?[一二三四首1-4]季|[上下前后]半年|[春夏秋冬][天季]|暑假|寒假|{_any(words.LUNAR)}"
    r"|国庆|元旦|五一|前.{1,3}月|第)?"
)
DOT_FOLLOWS = r"(?![\d.·/%:a-zA-Z元块万千百亿米度吨公斤亩人倍分折寸级的个]|左右)"
CLOCK_MINUTE = (
    rf"\s?(?:(半)(?![成价天])|([一二三123])刻"
    rf"|[过零]?((?:\d{{1,2}}|{D})(?=分(?!之))|\d\d(?!\d)|[一二三四五]?十[{HAN[1:]}]?(?!\d)|(?<=零)[{HAN[1:]}](?!\d))"
    rf"(?:分(?!之))?(?:({D})秒)?)"
)

RULES = (
    Rule(
        "stamp",
        4,
        r"(?<![\d.])((?:1\d|20)\d\d)\s?([-/. ])\s?(\d{1,2})\s?([-/. ])\s?(\d{1,2})(?=\D|$|\d\d:\d\d)日?"
        r"(?:[-T ]?\s?([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?!\d))?",
        read.stamp,
    ),
    Rule("foreign", 4, r"(?<![\d.])(0?[1-9]|[12]\d|3[01])([./])(\d{1,2})([./])((?:19|20)\d\d)(?!\d)", read.foreign),
    Rule("packed", 4, r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", read.packed),
    Rule("year_month", 2, r"(?<![\d.])((?:19|20)\d\d)[-/.](\d{1,2})(?![\d年]|[-/.]\d{1,2}(?!\d)|:\d)", read.year_month),
    Rule("slash", 4, rf"(?<![\d.·/a-zA-Z-])(1[0-2]|0?[1-9])([./·])(3[01]|[12]\d|0?[1-9]){DOT_FOLLOWS}", read.slash),
    Rule("colon", 6, r"(?<![\d:.])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?!\d|:\d)(?:时|分)?", read.colon),
    Rule("century", 1, rf"(上|本|{D})世纪(?:([1-9]0|[二三四五六七八九]十)年代)?(初|末|中)?期?", read.century),
    Rule("decade", 1, r"()([1-9]0|[二三四五六七八九]十)年代(初|末|中)?期?", read.century),
    Rule("year4", 1, rf"(?<![\d.])([12]\d{{3}}|[一二][{HAN}]{{3}})\s?年(?!级)度?{PIECE}", read.year4),
    Rule(
        "year2",
        1,
        rf"(?<![\d.{HAN}])(\d\d|[{HAN}]{{2}})\s?年(?![级代龄轻制]){PIECE}(?={YEAR_GOES_ON})(?=([多来间了以的时前后内没都未])?)",
        read.year2,
    ),
    Rule("bare_year", 1, rf"(?<!\d)((?:19|20)\d\d)(?={TO}\d{{2,4}}\s?年)", read.bare_year),
    Rule(
        "rel_year",
        1,
        rf"(?<!几)(大前|前|去|上一|今|本|这一|当|明|下一|来|次|后)年(?![级龄轻糕货夜]){PIECE}",
        read.rel_year,
    ),
    Rule(
        "season",
        2,
        rf"[春夏秋冬][天季](?!然|{ESTATE}|小区[\d{HAN}十的业门东南西北])|寒假|暑假|(?:上|下|这个?|本)(?:个)?学期|[春秋]季?学期",
        read.season,
    ),
    Rule("half", 2, r"([上下前后])半(年|个?月|周)", read.half),
    Rule("quarter", 2, r"(前|第)?([一二三四首1-4])季度(初|末|底)?", read.quarter),
    Rule("rel_quarter", 2, r"(上上|上|这|本|下下|下)一?个?季度", read.rel_quarter),
    Rule(
        "month",
        2,
        rf"(?<![\d.第])(闰)?(1[0-2]|0?[1-9]|十[一二]?|[{HAN[1:]}]|[正腊冬])月(?![饼嫂亮]|[一两]次)份?{PIECE}(?:的?\s?{MONTH_DAY})?",
        read.month,
    ),
    Rule("month_to", 2, rf"(?<![\d.第])()(1[0-2]|[1-9]|十[一二]?|[{HAN[1:]}])()()()(?={TO}{D}月)", read.month),
    Rule("rel_month", 2, rf"(?<![晚以])(上上|上|这|本|当|下下|下)一?个?月(?![饼嫂亮台租]){PIECE}", read.rel_month),
    Rule("piece", 2, rf"(?<![{SOME}今去前明])(月|年)(初|底|末|中旬|上旬|下旬)", read.piece),
    Rule(
        "edge",
        2.5,
        r"(?:(前|头|最后|最初|后)\s?([一二两三四五六七八九十\d]{1,2})\s?|(首))(个月|月|周|个星期|星期|天|日)",
        read.edge,
    ),
    Rule("lunar_mark", 1.5, r"农历|阴历|旧历", read.lunar_mark),
    Rule("early_lunar", 4, rf"(?:大年|年)初([{HAN[1:]}十])", read.early_lunar),
    Rule("late_lunar", 4, rf"廿[{HAN[1:]}]?", read.late_lunar),
    Rule("day_to", 4, rf"(?<![\d.第个月])({D})()(?={TO}{D}[日号](?![{THING}内]))", read.day),
    Rule("day", 4, rf"(?<![\d.第个{ADDRESS}-])({D})\s?([日号])(?![{THING}]|[常报照志内均元用])", read.day),
    Rule(
        "rel_part",
        4.5,
        r"(?<![目以])(昨|今|明|当|前|次|隔)(晚上?|夜(?:里|间)?|早上?|晨|午|(?<=[昨今前])黑[了儿]?)(?![会报期餐饭稻婚])",
        read.rel_part,
    ),
    Rule(
        "rel_day",
        4,
        rf"(?<![之以目年月提日])(大{{0,3}}前|昨|今|本|当|次|明|隔|大{{0,3}}后)(?:[天日]|儿个?|(?<=[昨今明])个儿?(?!月|星|礼))"
        rf"(?![然天气津台桥性子元戏]|头条|(?<=[明后][天日]){ESTATE})",
        read.rel_day,
    ),
    Rule(
        "nth_weekday",
        4,
        r"(?:第([一二三四五1-5])个?|最后一?个?的?)(?:周|星期|礼拜)([一二三四五六日天])",
        read.nth_weekday,
    ),
    Rule(
        "weekday",
        4,
        rf"(上上个?|上个?|这个?|本|下下个?|下个?|每个?|)(?<![{SOME}])(?<![{SOME}]个)(?:周|星期|礼拜)([二三四五六日天末2-7]|[一1](?![样共起般定切直]))"
        r"(?![次回年个\d])",
        read.weekday,
    ),
    Rule("nth_week", 3, r"第([一二三四五六七八九十\d]{1,2})个?(?:周|星期|礼拜)", read.nth_week),
    Rule("rel_week", 3, r"(上上|上|这|本|当|下下|下)一?个?(?:周|星期|礼拜)(?![边围期年岁刊转])", read.rel_week),
    Rule(
        "holiday",
        4,
        rf"(?<![\d{HAN}十第百]){NEARLY}({_any((*words.FIXED, *words.LUNAR, *words.NTH_SUNDAY, *words.TERM_FEASTS))})"
        rf"(?![路村街桥区里园中小级百千万大广\d{HAN}十个点月年号])(?:劳动)?(?:佳节|节)?"
        r"(假期|期间|小长假|长假|黄金周|假|当天|那天|前后)?时?",
        read.holiday,
    ),
    Rule("term", 4, rf"{NEARLY}({_any(lunar.TERMS)})(?!路|上河|街|村|广|小|大)", read.term),
    Rule(
        "part",
        5,
        rf"(?!(?<=[天日号])晚点)({_any(words.PARTS)})期?(?:(?<=饭)时)?(?![报餐稻婚恋教已就晚产熟期会辈年市]|点名)",
        read.part,
    ),
    Rule(
        "clock",
        6,
        rf"(?<![\d.第:])([{HAN[1:]}两](?=[{HAN[1:]}十两]点))?({D})\s?(点钟|点整|点|时整|时(?![候间常刻代期限尚效装髦速钟段节机]))"
        rf"(?:{CLOCK_MINUTE}|(?![{HAN}十\d.]))(多钟?|来钟|许|左右|前后|几(?![个年天米])|过(?![后来去道]))?(?![建要意原疑看希钱心儿击评名位子滴面餐菜赞火燃缀播])",
        read.clock,
    ),
    Rule("hour_to", 6, rf"(?<![\d.:-])({D})(?={TO}{D}(?:点|时(?![间候])))", read.hour_only),
    Rule(
        "every",
        0.5,
        r"每天|每日|天天|每晚|夜夜|每周|每星期|每个?礼拜|每个星期|每个?月|每年|年年|月月|日日夜夜|日夜|没日没夜|昼夜|一天到晚|整天|成天"
        r"|24小时(?=[不都])|全天候?",
        read.every,
    ),
    Rule("announce", 0.2, r"一到|每到|每逢|逢", read.announce),
    Rule("vague", 4, _any(words.VAGUE), read.vague),
    Rule(
        "half_unit", 7, rf"(?<![{SOME}点上下前后大])半个?多?(月|年|天|小时|钟头|学期|世纪)(?!级)[多余]?", read.half_unit
    ),
    Rule("last_unit", 7, r"(上)一?个(小时|钟头)", read.last_unit),
    Rule(
        "duration",
        7,
        rf"(?<![\d.第:初])({N})\s?[多余来]?(个)?[多余]?(半)?(工作|交易)?({UNIT})"
        r"(?!级|制(?!造)|代|龄|轻|度|然|津|台|桥|河|府|花|线|字|牌|历)(半)?[多余]?",
        read.duration,
    ),
)

_SCAN = Scanner((r.name, r.pattern) for r in RULES)
_EACH = [(r, re.compile(r.pattern)) for r in RULES]
_PLACES = {r.name: place for place, r in enumerate(RULES)}


def atoms(text: str) -> Iterator[Atom]:
    """The atoms of a folded text, in order, without overlap."""
    first, at = _SCAN.over(text), 0
    while found := first(at):
        at = found.start() + 1
        for place in range(_PLACES[found.lastgroup or ""], len(_EACH)):
            rule, own = _EACH[place]
            if (match := own.match(text, found.start())) and (fields := rule.read(match)) is not None:
                yield Atom(rule.rank, match.start(), match.end(), fields)
                at = max(match.end(), at)
                break
