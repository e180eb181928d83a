"""Who speaks, and how to reach them: names and phone numbers.

Two views: ``find_name`` and ``find_phone`` read running text, where most names
and numbers are other people's; ``name`` and ``phone`` read the answer to a
question, where they are the citizen's. All expect text in ``segment.normal`` form.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher, format_number, is_valid_number

from nlp.facts import Found
from nlp.segment import frequency, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = (Path(__file__).parents[1] / "words" / "surnames.txt").read_text(encoding="utf-8").splitlines()
_SINGLE, *_DOUBLE = [line for line in _LINES if line and not line.startswith("#")]
_DOUBLE_SET = frozenset(" ".join(_DOUBLE).split())
SURNAME = re.compile(f"(?:{'|'.join(sorted(_DOUBLE_SET))}|[{_SINGLE}])")

HAN = r"[\u4e00-\u9fff]"
TITLE = r"(?:先生|女士|小姐|师傅|老师|同志|大爷|大妈|阿姨|叔叔|医生)"

FAMILIAR = re.compile(
    rf"{SURNAME.pattern}{TITLE}(?!的)|[老小阿]{SURNAME.pattern}(?=就|吧|即可|{TITLE}|[^\u4e00-\u9fff]|$)"
)
"""王女士, 老王: all the name that some people give."""

TITLED = re.compile(rf"{SURNAME.pattern}(?:经理|主管|主任|师傅|老师|医生|某某?)")
SURE = re.compile(
    r"(?:我的?(?:名字)?叫做?|叫我|本人叫|名叫|姓\s?名(?:是|为|叫)?|(?<!小区)(?<!公司)名字(?:是|叫)"
    r"|联系人(?:是|为|叫)?|(?:投诉|反映|举报|报修|当事|申请|诉求)人(?:是|为|叫)?[::]|(?:村民|业主|居民|市民|住户|职工|员工|网民|家长)[::]|署名)[::\s,]{0,3}"
)
"""After these comes a name, even one that is also a word (高峰, 文明)."""

CALLINGS = r"(?:包?工头|[班组队楼店科课]长|老板娘?|司机|工人|老师|护士|医生|保安|保洁|骑手|外卖员|快递员|学生|主任|经理|会计|房东|租客|职工|员工|同学|摊主|代表)"
"""What somebody is, before their name: 我是工头小李."""

LIKELY = (
    re.compile(rf"(?:我|本人)(?:是|住|系)?{HAN}{{0,10}}?(?:业主|居民|住户|租户|村民|市民|家长|顾客|乘客)[::,\s]?"),
    re.compile(rf"(?:我|本人)是{HAN}{{0,4}}?{CALLINGS}[::,\s]?(?={SURNAME.pattern}|[老小阿])"),
    re.compile(r"(?:我是|本人是?)[::\s]?"),
    re.compile(
        rf"(?:我是|本人是?)[{HAN[1:-1]}\dA-Za-z-]{{2,16}}?[栋幢号楼室元区苑园村镇乡组街路厂司校班]的(?={SURNAME.pattern})"
    ),
)
"""After these may come a name, or what the citizen is: "我是3栋的业主" tells none."""

SURNAME_ONLY = re.compile(rf"(?:我|本人|免贵|敝人)\s?姓\s?({SURNAME.pattern})(?![\u4e00-\u9fff]?[名氏])")
ENGLISH = re.compile(
    r"\b(?:[Mm]y name is|[Ii] am|I'm|[Nn]ame[:：])\s+((?:[A-Z][a-z]+)(?: [A-Z][a-z]+){0,2})\b(?! [a-z])"
)
DOTTED = re.compile(rf"{HAN}{{1,8}}(?:[·•.]{HAN}{{1,8}}){{1,3}}")

NEVER_IN_NAMES = frozenset("的了吗呢吧啊呀您你他她它我们这那")
NOT_IN_NAMES = NEVER_IN_NAMES | frozenset("是在有住家电手联就也都还去到说被把给因想要反投从对向很太不没")
"""Characters that go on with the sentence rather than with a given name, where no mark ends it."""

GOES_ON = re.compile(rf"家?住|电话|手机|联系|今年|现年|男|女|来自|是|在|想|要|反映|投诉|身份证|敬上|拜上|{TITLE}(?!的)")
"""What may follow a name without a mark between."""

COMMON, VERY_COMMON = 150, 600
"""A word this frequent in jieba's dictionary is no name, or no beginning of one, where nothing says that it is."""

ROLE = re.compile(r"[人户主员工客者属妈爸孩部局处司店区楼栋号院镇县市省队机商头]$")
COMPLAINING = frozenset("太很没不有坏漏吵停断堵脏乱差贵慢在是就问")

BEFORE_NUMBER = re.compile(rf"(?:^|[\s,。.!?;:、])({HAN}{{2,6}})[\s,:、]*(?:的?(?:电话|手机号?|联系方式)[::]?\s?)?$")
BEHIND_NUMBER = re.compile(rf"[\s,、]{{0,3}}({HAN}{{2,6}})(?=$|[\s,。.!?;:、])")

# Digits, told as digits or spoken, with what people put between them.
SPOKEN = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")
SPOKEN_RUN = re.compile(r"[零〇一二三四五六七八九幺两]{7,}")
LONG_RUN = re.compile(r"(?<![\d+])(?!0086)\d{14,}[Xx]?")
LONG = re.compile(r"\d{14}")
DASHED_EXTENSION = re.compile(r"(0\d{2,3}-?\d{7,8})-(\d{1,6})(?!\d)")
ANY_NUMBER = re.compile(r"\d[\d\s()\-]{5,}\d")
MOBILE = re.compile(
    r"1[3-9]\d{9}(?<![^\u4e00-\u9fff,。:;!?、\n]\d{11})(?<![^\u4e00-\u9fff\d。;!?、\n][,:]\d{11})"
    r"(?=[,。:;!?、\n]{0,2}(?:[\u4e00-\u9fff]|$))"
)
"""A mobile number as it is mostly told: nothing stands beside it that could be a part of it, or make it an extension."""

SEGMENT = 7
"""The first digits of a mobile number, by which they are given out."""

FIVE_DIGITS = re.compile(r"\d(?:[^\u4e00-\u9fff,。:;!?、\n]{0,4}\d){4}")
"""Digits with no more between them than may stand in one number; with fewer there is none."""

EXTENSION = re.compile(r"\s?(?:转|-|分机号?|[Ee]xt\.?)[::\s]?(\d{1,6})(?!\d)")
MASKED = re.compile(r"[\d][*＊xX某#]{2,}|[*＊xX某#]{2,}\d")
LOCAL = re.compile(r"(?<![\d\-])([2-8]\d{6,7})(?![\d\-])")
DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$")

OWN = re.compile(r"(?:我|本人|联系|来电|回电|手机|机主|回复)[^,。;!?\n]{0,8}$")
OTHERS = re.compile(
    r"(?:物业|商家|店家?|店主|老板|司机|客服|对方|公司|中介|房东|他们?|她们?|它|热线|服务|举报|监督|咨询|医院|学校|派出所|经理|单位|商户|卖家|快递员?|骗子|陌生)"
    r"[^,。;!?\n]{0,6}$"
    r"|(?:拨打|打了?|致电|打给|打电话给|来电显示)[^,。;!?\n]{0,6}$"
)
"""What stands before a number that is not the citizen's."""

BUSINESS = re.compile(r"\+86(?:400|800|95|96)")


def find_name(text: str, *, beside: Found | None = None) -> Found | None:
    """The name the citizen gives themself somewhere in *text*; a bare surname where only that is told.

    *beside* is their number, where ``find_phone`` has found it already.
    """
    for cue in SURE.finditer(text):
        if found := _name_at(text, cue.end()):
            return found
    for cue in chain.from_iterable(pattern.finditer(text) for pattern in LIKELY):
        found = _name_at(text, cue.end())
        if found and _no_word(found.value):
            return found
    if (own := beside or find_phone(text)) and (found := _name_beside(text, own)):
        return found
    if told := SURNAME_ONLY.search(text):
        return Found(told[1], *told.span(1))
    if told := ENGLISH.search(text):
        return Found(told[1], *told.span(1))
    return None


def find_phone(text: str) -> Found | None:
    """The citizen's own number somewhere in *text*; not a business's, a hotline's or the other side's."""
    best: tuple[int, Found] | None = None
    for found in _phones(text):
        before = text[max(0, found.start - 14) : found.start]
        own = OWN.search(before) is not None
        if not own and (OTHERS.search(before) or BUSINESS.match(found.value)):
            continue
        rank = 1 if own else 0
        if best is None or rank > best[0]:
            best = rank, found
    return best[1] if best else None


def name(text: str) -> str | None:
    """The name in the answer to "what is your name"; None when it gives none (随便, 不想说)."""
    plain = normal(text)
    for found in _phones(plain):
        plain = plain.replace(plain[found.start : found.end], " ")
    if found_name := find_name(plain):
        return found_name.value
    bare = re.sub(r"(?:电话|手机号?|联系方式)[::]?", "", plain).strip(" \t\n,。.!;:、~")
    if told := re.fullmatch(rf"姓({SURNAME.pattern})", bare):
        return told[1]
    if DOTTED.fullmatch(bare):
        return bare
    if re.fullmatch(r"[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z.'-]*){0,3}", bare):
        return bare
    begins = _name_at(bare, 0)
    if begins is None or not _no_word(begins.value) or COMPLAINING & set(begins.value[1:]):
        return None
    rest = re.sub(rf"^{TITLE}", "", bare[begins.end :]).strip(" ,。.;:、")
    return None if re.search(HAN, rest) else begins.value


def is_name(text: str) -> bool:
    """Whether *text* is a Chinese name and nothing else, by its surname and because it is no word: 王芳."""
    plain = normal(text).strip(" ,。.!")
    return re.fullmatch(rf"{HAN}{{2,4}}", plain) is not None and name(plain) == plain


def phone(text: str) -> str | None:
    """The number in the answer to "what is your phone number", in E.164, an extension as ``;ext=801``.

    A local landline without area code stays as told. None for a masked number,
    an emergency or service number (110, 12345) and what is no number.
    """
    plain = normal(text)
    found = next(_phones(plain), None)
    if found:
        return found.value
    if MASKED.search(plain) or LONG_RUN.search(plain):
        return None
    local = LOCAL.search(plain)
    if local is None or DATE.match(local[1]):
        return None
    extension = EXTENSION.match(plain, local.end())
    return f"{local[1]};ext={extension[1]}" if extension else local[1]


def named_at(text: str, start: int) -> Found | None:
    """The personal name, or surname with a title, that begins at *start* behind somebody's post: 村主任王强."""
    if titled := TITLED.match(text, start):
        return Found(titled[0], *titled.span())
    found = _name_at(text, start)
    return found if found and _no_word(found.value) else None


def _name_at(text: str, start: int) -> Found | None:
    """The name that begins at *start*, where one does."""
    if dotted := DOTTED.match(text, start):
        return Found(dotted[0], *dotted.span())
    if familiar := FAMILIAR.match(text, start):
        return Found(familiar[0], *familiar.span())
    surname = SURNAME.match(text, start)
    if surname is None:
        return None
    for length in (2, 1):
        end = surname.end() + length
        if re.fullmatch(HAN + f"{{{length}}}", text[surname.end() : end]) and _ends(text, surname.end(), end):
            return Found(text[start:end], start, end)
    return None


def _name_beside(text: str, number: Found) -> Found | None:
    """The name that stands alone right before or behind the citizen's number: "退货。王芳 13800138000"."""
    if (before := BEFORE_NUMBER.search(text[max(0, number.start - 16) : number.start])) is not None:
        start = max(0, number.start - 16) + before.start(1)
        found = _name_at(text, start)
        if found and found.end == start + len(before[1]) and _no_word(found.value):
            return found
    if behind := BEHIND_NUMBER.match(text, number.end):
        found = _name_at(text, behind.start(1))
        if found and found.end == behind.end(1) and _no_word(found.value):
            return found
    return None


def _ends(text: str, given: int, end: int) -> bool:
    """Whether text[given:end] can be a given name that ends there."""
    if NEVER_IN_NAMES & set(text[given:end]):
        return False
    if end == len(text) or not re.match(HAN, text[end]):
        return True
    return text[end - 1] not in NOT_IN_NAMES and GOES_ON.match(text, end) is not None


def _no_word(candidate: str) -> bool:
    """Whether *candidate* is a name rather than a word (高空) or a word with its sequel (马上要)."""
    if len(candidate) > 3 or FAMILIAR.fullmatch(candidate):
        return True
    begins = frequency(candidate[:2]) if len(candidate) == 3 and candidate[:2] not in _DOUBLE_SET else 0
    return frequency(candidate) < COMMON and begins < VERY_COMMON and not ROLE.search(candidate)


def _phones(text: str) -> Iterator[Found]:
    """Every valid phone number in *text*, spoken digits too; never a piece of a longer number."""
    digits = SPOKEN_RUN.sub(lambda run: run[0].translate(SPOKEN), text)
    if LONG.search(digits):
        digits = LONG_RUN.sub(lambda run: "#" * len(run[0]), digits)
    digits = DASHED_EXTENSION.sub(r"\1转\2", digits)
    if not ANY_NUMBER.search(digits):
        return  # the matcher takes its time
    for value, start, end, extension in _mobiles(digits) or _numbers(digits):
        told = None if extension else EXTENSION.match(digits, end)
        inner = told[1] if told else extension
        yield Found(f"{value};ext={inner}" if inner else value, start, told.end() if told else end)


def _mobiles(digits: str) -> list[tuple[str, int, int, str]]:
    """The numbers of *digits*, where all are mobile numbers that stand alone; the matcher takes ten times as long."""
    found = list(MOBILE.finditer(digits))
    sure = "#" not in digits and all(_is_mobile(one[0][:SEGMENT]) for one in found)
    if not sure or FIVE_DIGITS.search(MOBILE.sub(",", digits)):
        return []
    return [(f"+86{one[0]}", *one.span(), "") for one in found]


@lru_cache(maxsize=10_000)
def _is_mobile(segment: str) -> bool:
    """Whether mobile numbers begin so: how a number ends makes no difference."""
    return is_valid_number(PhoneNumber(country_code=86, national_number=int(segment.ljust(len("13800138000"), "0"))))


def _numbers(digits: str) -> Iterator[tuple[str, int, int, str]]:
    """Every valid number with its place and its extension, if it is written as such."""
    for match in PhoneNumberMatcher(digits, "CN"):
        extension = match.number.extension
        match.number.extension = None
        yield format_number(match.number, PhoneNumberFormat.E164), match.start, match.end, extension or ""
