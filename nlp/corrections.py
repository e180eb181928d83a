"""What a citizen takes back: "不是3栋,是5栋", "时间说错了,应该是前天", "it was Tuesday, not Monday".

Only what speaks of something said before: a contrast within a story ("不是钱的
问题,是态度问题"), a complaint of somebody else's mistake and a wish to have
something changed are none. Texts in ``segment.normal`` form; linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp import english
from nlp.facts import Correction
from nlp.segment import frequency
from nlp.when import english_times
from nlp.when.grammar import atoms
from nlp.where import places as where
from nlp.who import identifiers
from nlp.who import people as who

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 300
"""Characters of a message that may be a correction; what is longer tells a story."""

SLOTS = (
    ("when", r"(?:事发|发生|事情|案发)?的?(?:时间|日期|日子)"),
    ("room", r"房间?号|门牌号?"),
    ("unit", r"单元号?"),
    ("building", r"楼栋号?|栋号|楼号"),
    ("contact", r"(?:联系|手机)?(?:电话|号码)(?:号码)?|手机号?码?|联系方式"),
    ("plate", r"车牌号?码?"),
    ("order_number", r"订单号?码?|单号"),
    ("id_number", r"身份证号?码?"),
    ("flight", r"航班号?"),
    ("where", r"(?:事发|发生|家庭|联系|详细)?的?(?:地址|地点|位置|地方)|小区(?:名字?|名称)?"),
    ("target", r"(?:投诉)?对象|公司(?:名字?|名称)?|店名|商家(?:名字?|名称)?|单位(?:名字?|名称)?"),
    ("who", r"名字|姓名|称呼|姓(?=[说写打填报弄]?错)"),
    ("request", r"诉求"),
)
_SLOT = "(?:" + "|".join(f"(?P<{slot}>{pattern})" for slot, pattern in SLOTS) + ")"

EDGE = r"(?:^|(?<=[,。.;!?、:\s]))"
LEAD = r"(?:(?:不好意思|对不起|抱歉|哎呀|哦|噢|啊|额|呃|那个|更正(?:一下)?|纠正(?:一下)?|刚才|刚刚|前面|上面|之前|我|把|将|请|麻烦|帮我?|给我|要|想|那|里|的|说的|写的|填的|留的|报的|发的)[,\s]?){0,6}"
VERB = r"[说写填打输报弄记发讲留搞]"
IS = r":?\s?(?:应该?|正确的?|其实|实际上?|准确[地的说]*)?(?:是|为|在|叫|姓|:)\s?在?\s?"
GAP = r"[,。、;!\s]{0,3}"
TEXT = r"[^,。;!?\n]"
NEW = rf"(?P<new>{TEXT}{{1,40}}?)(?:才对|谢谢|[哈啊吧呀哦了的])?(?=[,。;!?\n]|$)"
OLD = r"(?P<old>[^,。;!?\n\s]{1,20}?)"
NOT_OLD = rf"(?:{GAP}(?:而)?不[是在叫姓]{OLD}(?=[,。;!?\n\s]|$))?"

WRONG = re.compile(
    rf"{EDGE}{LEAD}{_SLOT}(?:我|刚才|给|都|也|是|被我){{0,2}}(?:{VERB}?错(?:字)?(?:了|啦)?|不对|有误|{VERB}反了|不准确?)(?:了|啦|哈)?{GAP}"
    rf"(?:(?P<is>{IS})?(?P<new>{TEXT}{{1,40}}?)(?:才对|[哈啊吧呀哦])?(?={GAP}不[是在叫姓]|[,。;!?\n]|$){NOT_OLD})?"
)
"""时间说错了,应该是前天; 地址不对 在人民路88号; 名字打错了 是王丽不是王莉."""

SLIP = re.compile(
    rf"{EDGE}{LEAD}(?:{VERB}错(?:了)?(?:字|{_SLOT})?(?:了|啦)?|口误|不对(?:[,\s]?不对)?|错了|更正(?:一下)?|纠正(?:一下)?){GAP}"
    rf"(?:(?P<is>{IS})?(?P<new>{TEXT}{{1,40}}?)(?:才对|[哈啊吧呀哦])?(?={GAP}不[是在叫姓]|[,。;!?\n]|$){NOT_OLD})?"
)
"""刚才说错了,是前天; 填错地址了 应该是和平路5号; 不对不对 是5栋."""

CHANGE = re.compile(
    rf"{EDGE}{LEAD}{_SLOT}(?:请|麻烦|帮我|我要|要){{0,2}}(?:改|换|变更|更正|修改|更改|更新)(?:成了?|为|到|作|一下)?[是为:,\s]{{0,3}}{NEW}"
)
"""电话改成13800138000; 把时间改为前天."""

SWAP = re.compile(rf"{EDGE}{LEAD}(?P<old>[^,。;!?\n\s]{{1,20}}?)(?:改|换|更正|修改|更改|应)(?:成|为|作|是){NEW}")
"""把3栋改成5栋; 3栋应为5栋."""

NOT_BUT = re.compile(
    rf"(?:{EDGE}{LEAD}{_SLOT})?(?<![是要])不[是在叫姓](?:在|叫|姓)?{OLD}[,。、;\s]{{0,3}}(?:我|而|应该?|其实){{0,2}}[是在叫姓为](?:在|叫|姓)?{NEW}"
)
BUT_NOT = re.compile(
    rf"(?:{EDGE}{LEAD}{_SLOT})?(?:应该?|其实|实际上?)?[是在叫姓](?P<new>[^,。;!?\n\s是]{{1,20}}?){GAP}(?:而|并)?不[是在叫姓](?!吗){OLD}(?=[,。;!?\n\s]|$)"
)
PLAIN_NOT = re.compile(rf"{EDGE}{LEAD}(?P<new>[^,。;!?\n\s不是]{{1,20}})[,。、;\s]{{1,3}}不是{OLD}(?=[,。;!?\n\s的]|$)")
"""5栋,不是3栋."""

RESTATE = re.compile(rf"{EDGE}(?:更正|纠正|修改)(?:一下)?[::,\s]{{0,2}}(?:我的?)?{_SLOT}{IS}{NEW}")
"""更正:时间应该是11月19日."""

RATHER = re.compile(rf"^{LEAD}(?:应该?|其实|实际上?|准确[地的说]*)[是在为]{NEW}")
"""应该是5栋才对: all that is said."""

TRAILING = re.compile(
    rf"^(?:应该?)?[是在]?(?P<new>{TEXT}{{1,30}}?){GAP}(?:刚才|前面|上面|我)*{VERB}错(?:字)?了[。!哈\s]*$"
)
NEW_PHONE = re.compile(
    rf"{EDGE}{LEAD}(?:换了?(?:个|新)?(?:电话|手机|号)号?码?了?|新的?(?:电话|号码|手机号?码?))[^\d+]{{0,10}}(?P<new>[+\d][\d\s-]{{6,18}}\d)"
)

SIGNS = (
    (re.compile(r"错|不对|有误|反了|不准|口误|更正|纠正"), (WRONG, RESTATE, SLIP, TRAILING)),
    (re.compile(r"[换新]"), (NEW_PHONE,)),
    (re.compile(r"[改换]|变更|更[正新]|应[为是成]"), (CHANGE,)),
    (re.compile(r"不[是在叫姓]"), (NOT_BUT, BUT_NOT, PLAIN_NOT)),
    (re.compile(r"[改换]|更正|应[为是成]"), (SWAP,)),
    (re.compile(r"应|其实|实际|准确"), (RATHER,)),
)
"""Which patterns are worth trying, by what a text holds; the first that fits a stretch wins."""

EN_SLOTS = (
    ("when", r"time|date|day"),
    ("where", r"address|place|location|street|building"),
    ("contact", r"phone(?: number)?|mobile(?: number)?|number|contact"),
    ("who", r"name"),
    ("plate", r"plate(?: number)?|licen[cs]e plate"),
    ("order_number", r"order(?: number)?"),
)
_EN_SLOT = "(?:" + "|".join(f"(?P<{slot}>{pattern})" for slot, pattern in EN_SLOTS) + ")"
EN_NEW = r"(?P<new>[^,.;!?\n]{1,40}?)(?=\s*[,.;!?\n]|\s+(?:please|thanks)\b|\s*$)"
EN_OLD = r"(?P<old>[^,.;!?\n]{1,30}?)(?=\s*[,.;!?\n]|\s*$)"
WAS = r"(?:it|that|this|he|she)(?:'s| is| was| should be| should have been| happened on| happened)"
ENGLISH = (
    re.compile(
        rf"(?:\b{WAS}|\b(?:the|my) {_EN_SLOT} is|\bi mean(?:t)?|\bsorry,?)\s+(?P<new>[^,.;!?\n]{{1,40}}?),?\s+(?:and )?not\s+{EN_OLD}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bnot\s+(?P<old>[^,.;!?\n]{{1,30}}?)(?:,\s*(?:(?:but|{WAS})\s+)?|\s+(?:but|{WAS})\s+){EN_NEW}", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:the|my) {_EN_SLOT} (?:is|was) (?:wrong|incorrect|not (?:right|correct))(?:[,.;:]?\s*(?:(?:it|that)(?:'s| is| was| should be)|should be|the right one is)\s+{EN_NEW})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bwrong {_EN_SLOT}[,.;:]?\s*(?:(?:it|that)(?:'s| is| was| should be)|should be)\s+{EN_NEW}", re.IGNORECASE
    ),
    re.compile(
        rf"^(?:sorry,? |please |can you |could you )*(?:change|correct|update) (?:the |my ){_EN_SLOT} to {EN_NEW}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:sorry|correction|actually|i mean(?:t)?|no)[,:]?\s+(?:i mean(?:t)?|to say|{WAS})?\s*{EN_NEW}",
        re.IGNORECASE,
    ),
)

NUMERAL = re.compile(r"[\d零一二三四五六七八九十百两几]+|[A-Za-z](?=[栋座幢区])")
COUNTED = re.compile(r"^第?#(?:次|回|遍|个?人|户|家|趟|个)")
"""不是第一次了,是第三次: numbers of times and people are told, not corrected."""
PART = re.compile(r"^#(?:栋|幢|座|单元|室|号楼|楼|层|号|房|弄|门)")
EN_PART = re.compile(r"(?:building|block|unit|room|flat|apartment|floor|number|no\.?)\s?\w{1,5}$", re.IGNORECASE)
PLACE_END = re.compile(r"[路街巷弄村区苑园里城号栋室楼层镇乡市县湾庄店厂校院]$")
SPOT = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:门口|门前|附近|旁边?|对面|楼下|路口|小学|中学|大学|学校|幼儿园|医院|公园|广场|超市|商场|市场|车站|小区|大厦|工地|大桥)"
)
"""育才小学门口: the words say that it is a place, whether or not a list holds it."""
STORY = re.compile(r"[的我你您他她们吗呢没不要会能想了]|问题|原因|因为")
NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
COMMON = 150
LATIN = re.compile(r"[A-Za-z]{2}")


def find(text: str) -> tuple[Correction, ...]:
    """What *text* corrects, in the order told; a correction without ``new`` only where nothing else is said."""
    if len(text) > LONGEST:
        return ()
    found: list[Correction] = []
    taken: list[tuple[int, int]] = []
    for m in _matches(text):
        span = m.span()
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        if (one := _read(text, m)) is not None:
            found.append(one)
            taken.append(span)
    return tuple(sorted(found, key=lambda c: c.right or c.wrong or (0, 0)))


def kind(text: str) -> str:
    """Which slot *text* by itself suits: contact, when, where, who, plate …; ``""`` where none is plain."""
    if numbers := identifiers.find(text):
        return numbers[0].slot
    if who.phone(text):
        return "contact"
    if _is_time(text) or english_times.is_time(text):
        return "when"
    if LATIN.search(text):
        return "where" if english.places(text) or EN_PART.match(text) else ""
    if PART.match(NUMERAL.sub("#", text)) or where.find(text) or SPOT.fullmatch(text):
        return "where"
    return "who" if _is_name(text) else ""


def _matches(text: str) -> Iterator[re.Match[str]]:
    if LATIN.search(text):
        for pattern in ENGLISH:
            yield from pattern.finditer(text)
    for sign, patterns in SIGNS:
        if sign.search(text):
            for pattern in patterns:
                yield from pattern.finditer(text)


def _read(text: str, m: re.Match[str]) -> Correction | None:
    """The correction that *m* is, or None where it only looks like one."""
    groups = m.groupdict()
    slot = next((key for key, _ in SLOTS if groups.get(key)), "")
    if m.re is NOT_BUT and re.search(r"不[叫姓]", m[0]):
        slot = "who"
    if m.re is NEW_PHONE:
        slot = "contact"
    old, new = (groups.get("old") or "").strip() or None, (groups.get("new") or "").strip() or None
    right = _span(text, m, "new", new)
    wrong = _span(text, m, "old", old)
    if new is None:
        bare = m.re in {WRONG, SLIP} or m.re in ENGLISH
        alone = not text[: m.start()].strip(" ,。") and not text[m.end() :].strip(" ,。!")
        return Correction(slot, None, None, None, None) if bare and alone and m[0].strip() != "不对" else None
    told = kind(new)
    if not _fits(m, slot, old, new, told):
        return None
    return Correction(slot or told, old, new, wrong, right)


def _span(text: str, m: re.Match[str], group: str, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    start = text.index(value, m.start(group))
    return start, start + len(value)


def _fits(m: re.Match[str], slot: str, old: str | None, new: str, told: str) -> bool:
    """Whether both halves can stand for one fact, or a slot is named and the new words suit it."""
    free = slot in {"who", "target", "request", "plate", "order_number", "flight", "where"}
    if slot:
        suits = told == slot or (told == "where" and slot in {"room", "unit", "building", "where"})
        numbered = (
            slot in {"room", "unit", "building", "contact", "order_number"}
            and re.fullmatch(r"[\w-]{1,20}", new) is not None
            and any(c.isdigit() for c in new)
        )
        said = bool(m.groupdict().get("is")) or m.re not in {WRONG, SLIP}
        return suits or numbered or (free and said and len(new) <= 20 and not STORY.search(new))
    if old is not None:
        return _alike(old, new)
    if m.re in ENGLISH:
        return told in {"when", "contact", "plate", "where"}
    return told != "" and not STORY.search(new)


def _alike(old: str, new: str) -> bool:
    """Whether *old* and *new* are facts of one kind: two buildings, two days, two names."""
    if LATIN.search(old) or LATIN.search(new):
        return kind(old) == kind(new) != ""
    bones, other = NUMERAL.sub("#", old), NUMERAL.sub("#", new)
    if COUNTED.match(bones) or COUNTED.match(other):
        return False
    if "#" in bones and (bones.startswith(other) or other.startswith(bones)):
        return True
    if _is_time(old) and _is_time(new):
        return True
    if STORY.search(old) or STORY.search(new):
        return False
    if (
        PLACE_END.search(old)
        and PLACE_END.search(new)
        and (old[-1] == new[-1] or bool(where.find(old) and where.find(new)))
    ):
        return True
    return _is_name(old) and _is_name(new)


def _is_time(text: str) -> bool:
    """A time and nothing else but a little."""
    found = list(atoms(text))
    return (
        bool(found)
        and sum(a.end - a.start for a in found) * 2 >= len(text)
        and not all(a.fields.get("soft") for a in found)
    )


def _is_name(text: str) -> bool:
    return NAME.fullmatch(text) is not None and who.SURNAME.match(text) is not None and frequency(text) < COMMON
