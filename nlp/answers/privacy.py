"""Names, numbers, plates and doors in an answer that the citizen has not told: somebody else's, perhaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.answers.saying import caution
from nlp.segment import normal
from nlp.who import identifiers, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.answers.heard import Caution, Heard
    from nlp.answers.reading import Answer

MOBILE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
NUMBERS = frozenset({"id_number", "card_number", "plate", "email", "phone_number", "account_number"})
"""Of what ``identifiers`` tells, what belongs to a person."""
DOOR = re.compile(
    r"\d{1,3}(?:栋|幢|号楼|座|#)(?:\d{1,2}单元|[一二三四五六]单元)?\d{3,4}(?:室|房|号|户)?|\d{1,2}单元\d{3,4}(?:室|房|号|户)?|(?<!\d)\d{1,3}-\d{1,2}-\d{3,4}(?!\d)"
)
ROLE = re.compile(
    r"(?:业主|住户|租户|租客|房东|户主|店主|店老板|摊主|当事人|投诉人|举报人|诉求人|申请人|被投诉人|被举报人|邻居|司机|驾驶员|乘务员|学生|同学|老师|教师|患者|病人|家属|家长|村民|居民|市民|职工|员工|工人|护士|医生|保安|营业员|服务员|导游|肇事者|车主|工友|乘客|反映人|来电人|机主|房客|店员|老板|会计|商户|经营者|行医者|女儿|儿子|妻子|丈夫|父亲|母亲|爷爷|奶奶|同事|老人|男子|女子|孩子|出纳|村主任|房主|消费者|顾客)(?:为|是|叫|系|[:,])?(?=[\u4e00-\u9fff])"
    r"|\b(?:neighbou?r|driver|tenant|owner|nurse|teacher|student|guard|employee|complainant|resident|passenger|patient|cleaner|waiter),? (?:(?:is |called |named )?(?:Mr|Ms|Mrs|Miss)?\.? ?)?(?=[A-Z][a-z]+ [A-Z][a-z]+)"
)
"""After these a name is a private person's. Who is in charge, or to be asked, gives theirs."""
WESTERN = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
TITLED = re.compile(r"(?:先生|女士|小姐|师傅|老师|同志|某+|\*+|经理|主任|医生)$|某|[*×xX]")
JOINING = frozenset("和于从向单都应时同与经常有由相关全双过会那能别管计须连项明")
"""Surnames too, but behind 司机 or 业主 the sentence goes on with them."""
GOES_ON = frozenset("已的被在是也就未不还说对把将从向与和给有没到因来去称要")
HOME = re.compile(r"[您你](?:家|的|本人|住)?(?:在|是|的)?$")
POST = re.compile(r".{0,2}[职责务岗证]")
"""任现职."""
SPACES = re.compile(r"[\s·•.\-]+")


def others(answer: Answer, heard: Heard) -> Iterator[Caution]:
    """Personal data that neither the citizen told nor is theirs; each place once."""
    told = SPACES.sub("", normal("\n".join((heard.what, heard.request, *heard.places, *heard.own)))).upper()
    taken: list[tuple[int, int]] = []
    for start, end, value in _found(answer.plain, heard):
        own = SPACES.sub("", value).upper() in told
        if not own and not any(start < last and first < end for first, last in taken):
            taken.append((start, end))
            yield caution("private", "answer", start, end, answer.text[start:end])


def _found(plain: str, heard: Heard) -> Iterator[tuple[int, int, str]]:
    for match in MOBILE.finditer(plain):
        yield *match.span(), match[1]
    for one in identifiers.find(plain):
        if one.slot in NUMBERS:
            yield one.start, one.end, one.value
    for match in DOOR.finditer(plain):
        if not HOME.search(plain[max(0, match.start() - 4) : match.start()]):
            yield *match.span(), match[0]
    yield from _names(plain)
    for name in heard.others:
        if name and (at := plain.find(normal(name))) >= 0:
            yield at, at + len(name), f"\0{name}"  # never the citizen's, even where they said it too


def _names(plain: str) -> Iterator[tuple[int, int, str]]:
    for match in ROLE.finditer(plain):
        if western := WESTERN.match(plain, match.end()):
            yield *western.span(), western[0]
        elif (end := _name(plain, match.end())) > match.end():
            yield match.end(), end, plain[match.end() : end]


def _name(plain: str, start: int) -> int:
    """Where the whole name ends that begins behind somebody's role; *start* where none does."""
    if plain[start : start + 1] in JOINING or POST.match(plain, start):
        return start
    for length in (3, 2):
        cut = plain[start : start + length]
        if len(cut) < length or cut[-1] in GOES_ON:
            continue
        if TITLED.search(plain[start : start + 5][:4]) or TITLED.search(cut):
            return start
        if (found := people.named_at(cut, 0)) and found.end == length:
            return start + length
    return start
