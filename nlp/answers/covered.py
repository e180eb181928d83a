"""Whether an answer speaks of what was asked: each point, each place, each day.

Rules lean towards silence: another way of saying the same must not be taken
for a gap, so a point counts as met by its sign anywhere, and by its own words
only where several points of one kind stand side by side.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.answers.asked import points
from nlp.answers.reading import MOST
from nlp.answers.saying import caution
from nlp.answers.signs import EMPTY_DEMAND, MONTHS
from nlp.answers.substance import EMPTY as EMPTY_PHRASE
from nlp.answers.substance import happened, planned
from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nlp.answers.asked import Asked
    from nlp.answers.heard import Caution, Heard
    from nlp.answers.reading import Answer

EMPTY = re.compile(
    r"能不能|能否|可否|是否|是不是|可不可以|可以不可以|有没有|会不会|要不要|该不该|算不算|行不行|需不需要|用不用|什么时[候间]|多久|多长时间|哪[天个里儿些]|多少|为什么|怎么(?:办|回事)?|如何|谁|什么|请问|想问|问一下"
    r"|希望|要求|请求|恳请|建议|应该|可以|需要|能够|尽快|我们?|你们|您们?|他们|这个?|那个?|一[个下些]|现在|目前|还是|到底|究竟|的|了|吗|么|呢|吧|啊|是|有|没|会|能|要|不|就|都|也|又|在|到|和|与|被|把|给|对|从|去|来|让|很|再|请(?:问|你|您|们)"
    r"|\b(?:can|could|may|is|are|does|do|did|will|would|should|has|have|it|the|a|an|i|we|you|my|our|to|of|for|in|on|at|be|if|or|and|that|this|there|please|want|ask|not|with)\b",
    re.IGNORECASE,
)
LATIN = re.compile(r"[a-z]{3,}|\d+")
FEW = 8
"""Pairs of characters below which nothing can be said of a demand."""
STEM = 5
"""Letters of an English word that are compared."""
SOME = 0.2
"""The share of a point's word pairs that an answer to it has at least."""
DEICTIC = re.compile(
    r"该(?:路|街|小区|店|处|地|单位|公司|楼|项目|区域|站|点|场所|商[户家]|工地|饭店|餐|学校|园|超市|车站|酒店|市场|村|社区|企业|院|厂|桥|河|井|摊|门|窗口|线路)|现场|(?<!到)您家|此处|上述|当地|我院|本院|药房|店[里方家]|商家|厂[方家]|校方|园方|网点|这[个处家条段]|那[个处家条段]|两[处地个家]|[三四五六七八九]处|各处|沿线"
    r"|\b(?:on site|the site|there|this (?:place|road|shop|site)|your (?:home|flat|building)|the (?:shop|site|building|restaurant|school|station|spot))\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"两[处地个家]|[三四五六七八九]处|各处|上述|均|分别|沿线|\bboth\b|\beach\b|\ball (?:three|four|places)\b",
    re.IGNORECASE,
)
COMMON_IN_PLACES = re.compile(
    r"小区|花园|广场|公园|路口|门口|附近|对面|旁边|交叉口|交汇处|沿线|西侧|东侧|南侧|北侧|里面|地下|停车场|菜市场|市场|超市|医院|学校|中学|小学|幼儿园|街道|社区|公交站|地铁站|车站|号楼|单元|一楼|二楼|大门|[省市区县镇乡村栋幢室号楼层]"
)
THAT_DAY = re.compile(
    r"当[天日晚]|当次|事发|[那该同][天日晚]|该时段|上述时间|[这那此该][一]?次|[那该此这]班|监控|录像|\b(?:that (?:day|night|evening|morning)|on the day|footage)\b",
    re.IGNORECASE,
)
DAY = re.compile(
    rf"(\d{{1,2}})(?:月|/|-)(\d{{1,2}})(?!\d)|({MONTHS})\s(\d{{1,2}})|(\d{{1,2}})\s({MONTHS})", re.IGNORECASE
)
YES_OR_NO = re.compile(
    r"(?:都|就|也|才)(?:行|可以|成)|(?:^|[,。!?:;\s])(?:您)?(?:是的|可以|不可以|能|不能|不行|行|有(?!关)|没有|不是|需要|不需要|不用|属于|不属于|会|不会|合法|不合法|符合|不符合)"
    r"|(?:^|[,.:;\s])(?:yes|no|you (?:can|may|do|cannot|need|are)|it (?:is|does|can|was))\b",
    re.IGNORECASE,
)
"""At the beginning of a clause."""
DECIDES = re.compile(
    r"能|可以|不可|不[会需用行得]|需要|无需|应当|允许|必须|符合|属于|有权|没有|未|已|合法|违[法规]|享受|由|算|按|\b(?:can|may|must|need|cannot|not|yes|no|will|has|have|is|are)\b",
    re.IGNORECASE,
)
"""What a yes or a no is said with."""
OR = re.compile(r"或|要么|不然|\bor\b", re.IGNORECASE)
HAPPENING = frozenset({"complaint", "report", "help"})
ONGOING = re.compile(
    r"一直|至今|到现在|多次|几次|经常|长期|每[天晚日周月年]|天天|反复|还没|仍|多年|以来|从[^,。]{1,16}(?:开始|起)|[月日号天]起|(?:天|个?月|年|周|星期|礼拜)了|又[在来]|持续|好几"
    r"|\b(?:every|since|still|always|often|for (?:\w+ )?(?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
"""What goes on has no day of its own."""
ELSEWHERE = re.compile(r"不属于|不在[^,。]{0,16}范围|不(?:能|予)?受理|\bnot within our\b", re.IGNORECASE)
"""Whoever is not in charge says so, and that answers every demand."""
NAMES = MONTHS[3:-1].split("|")
NUMBERED = re.compile(r"(\d{1,2})[日号]")


def unanswered(answer: Answer, heard: Heard) -> Iterator[Caution]:
    """The questions and demands that the answer does not speak of."""
    asked = points(heard)
    if heard.refused or ELSEWHERE.search(answer.new):
        asked = [one for one in asked if not one.demand]
    said = list(answer.clauses())
    for one in asked:
        rivals = sum(other.point is one.point for other in asked)
        if not _met(one, said, answer.new, alone=rivals == 1) and not _other(one, asked, said, answer.new):
            raw = heard.what if one.of == "what" else heard.request
            quote = raw[one.start : one.end]
            yield caution("demand" if one.demand else "question", one.of, one.start, one.end, quote)
    if not any(one.of == "request" for one in asked) and not heard.refused and _passed_over(heard.request, answer.new):
        yield caution("demand", "request", 0, len(heard.request), heard.request)


def _passed_over(request: str, new: str) -> bool:
    """Of what is asked for in words that no row of DEMANDS has, the answer has not one."""
    wanted = grams(EMPTY_DEMAND.sub(" ", normal(request[:MOST])))
    return len(wanted) >= FEW and not wanted & grams(new)


def _met(one: Asked, said: list[str], new: str, *, alone: bool) -> bool:
    if one.point is None:
        own = bool(grams(one.text)) and _near(one.text, new) and DECIDES.search(EMPTY_PHRASE.sub(" ", new)) is not None
        return own or (alone and YES_OR_NO.search(new) is not None)
    if one.demand and one.point.done and (happened(new) or planned(new)):
        return True
    met = [place for place, clause in enumerate(said) if one.point.met.search(clause)]
    if alone or one.demand:
        return bool(met)
    return any(_near(one.text, "".join(said[max(0, place - 1) : place + 2])) for place in met)


def _other(one: Asked, asked: list[Asked], said: list[str], new: str) -> bool:
    """退货或者换新机: one of them is enough."""
    beside = (other for other in asked if other.demand and other is not one and other.text == one.text)
    return bool(OR.search(one.text)) and (
        _near(one.text, new) or any(_met(other, said, new, alone=True) for other in beside)
    )


def _signs(point: str) -> set[str]:
    """The characters that tell something, one by one."""
    return {character for character in EMPTY.sub("", OR.sub("", point)) if character >= "\u4e00"} - set("者要换让")


def _near(point: str, text: str) -> bool:
    """Whether *text* has some of the point's own words; a point that has none is met."""
    wanted = grams(point)
    return not wanted or len(wanted & grams(text)) >= max(1, SOME * len(wanted))


def grams(text: str) -> set[str]:
    """Pairs of neighbouring characters and the beginnings of English words, without what only asks and joins."""
    bare = EMPTY.sub(" ", text.casefold())
    pairs = {
        one + other for one, other in pairwise(bare) if "\u4e00" <= one <= "\u9fff" and "\u4e00" <= other <= "\u9fff"
    }
    return pairs | {word[:STEM] for word in LATIN.findall(bare)}


def unplaced(answer: Answer, heard: Heard) -> Iterator[Caution]:
    """The places that the answer does not speak of. A pointing word stands for one, 两处 and 均 for several."""
    plain = answer.plain
    if heard.kind == "consult":
        return
    pointed = (DEICTIC if len(heard.places) == 1 else SEVERAL).search(plain)
    for place in () if pointed else heard.places:
        wanted = grams(COMMON_IN_PLACES.sub(" ", normal(place)))
        there = len(wanted & grams(plain))
        if wanted and (not there or (len(heard.places) > 1 and 2 * there <= len(wanted))):
            yield caution("place", "place", 0, len(place), place)


def undated(answer: Answer, heard: Heard) -> Iterator[Caution]:
    """The days on which something happened once and which the answer does not speak of."""
    plain = answer.plain
    if heard.kind not in HAPPENING or ONGOING.search(normal(heard.what[:MOST])) or THAT_DAY.search(plain):
        return
    said = set(_days(plain))
    numbered = {int(found[1]) for found in NUMBERED.finditer(plain)}
    for day in heard.days:
        if (day.month, day.day) not in said and not (day.day in numbered and not said):
            shown = f"{day.month}月{day.day}日"
            yield caution("day", "day", 0, len(shown), shown)


def _days(plain: str) -> Iterable[tuple[int, int]]:
    for found in DAY.finditer(plain):
        if found[1]:
            yield int(found[1]), int(found[2])
        else:
            name, number = (found[3], found[4]) if found[3] else (found[6], found[5])
            yield NAMES.index(name.lower()) + 1, int(number)
