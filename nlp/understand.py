"""A citizen's text, whole, into facts: each reader finds its own, and this puts them together.

Pure: the time and the institution come in as arguments. Offsets are those of
the text as it was given; only its first 4,000 characters are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from nlp import aims, corrections, dialect, english, evidence, goods, matters
from nlp.category import kinds
from nlp.category.classify import Classifiers
from nlp.danger import urgency
from nlp.facts import Facts, Piece
from nlp.segment import UNDERSTOOD, normal
from nlp.when import english as english_when
from nlp.when import times as when
from nlp.where import gazetteer
from nlp.where import places as where
from nlp.who import capacity, identifiers, organisations
from nlp.who import people as who

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from institutions.model import Institution
    from nlp.facts import Correction, Found, Told, When, Where

    Timed: TypeAlias = tuple[When, int, int]
    Placed: TypeAlias = tuple[Where, int, int]

GREETING = re.compile(
    r"\s*(?:(?:尊敬|敬爱|亲爱)的[^\s,。!?;:\n]{1,15}(?=[,。!:\s])"
    r"|[^\s,。!?;:\n]{0,3}?(?:领导|书记|市长|县长|局长|客服|管家|机器人)们?(?:你好|您好|好|(?=[,:]))"
    r"|(?:您们?|你们?|大家|早上|上午|中午|下午|晚上)好啊?|在吗|有人吗|哈喽|喂+|[Hh]ello|[Hh]i\b|[Gg]ood (?:morning|afternoon|evening))[\s,。.!?;:~]*"
)
"""Said before the matter, and no part of it."""

NO_MATTER = re.compile(
    r"我?(?:想|要|来|需要|是来)?(?:投诉|举报|反映|咨询|建议|求助|报修|问)(?:一?[个下些]|点)?(?:事情?|问题|情况)?(?:吗|可以吗|行吗)?"
    r"|有?(?:一?[个件些])(?:事情?|问题)(?:要|想)?(?:说|问|反映)?|请问(?:一下)?|你?(?:能|可以)帮(?:我|个忙)吗?|麻烦(?:你|您)?(?:了|一下)?|谢谢(?:你|您|啦|了)?|多谢|感谢|不客气|辛苦了"
    r"|(?:您|你|大家)?好的?呀?|是的?|对的?|嗯+|哦+|行吧?|可以|没有了?|没了|有|不知道|不清楚|不记得了?|记不清了?|忘了|随便|匿名|实名|确认|提交|取消|跳过|返回|上一步|重来|重新开始|帮助|菜单|进度|查询"
    r"|转?人工(?:客服|服务)?|不(?:方便|想说|愿意)|算了|不用了?|就这样|就这些|稍等|等一下|测试|投诉人?|事情|时间|地点|地址|位置|电话|手机号?码?|号码|联系方式|联系人|联系电话|姓名|名字|本人|我|姓|叫|是|住|在|的|了|吗|呢|吧|啊|家|微信"
    r"|\b(?:hello|hi|hey|thanks|thank you|ok|okay|yes|no|please|i want to complain|i have a complaint|complaint|complain|help|my|name|phone|number|is|i|am|test)\b",
    re.IGNORECASE,
)
"""Words that tell no matter by themselves, however many stand together."""

ACCUSING = re.compile(r"(?:投诉|举报|控告|检举)(?:一下|你们)?$")
LETTER = re.compile(r"[^\W\d_]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff]")
TELLING = 2
"""Letters or characters that must be left for a text to tell a matter: 漏水 does."""

CLASSIFIERS = Classifiers()


@dataclass(frozen=True, slots=True)
class _Read:
    """What the readers found in a text, before it is known what the text is about."""

    plain: str
    clear: str  # without identifiers, and without what is taken back
    foreign: bool  # it is English
    times: list[Timed]
    places: list[Placed]
    name: Found | None
    phone: Found | None
    named: list[Told]
    corrections: tuple[Correction, ...]


def understand(text: str, *, now: datetime, institution: Institution, subject: str = "") -> Facts:
    """Everything *text* tells about a matter, at *now* in the institution's zone.

    ``subject``, where the citizen gave one apart, helps to say what kind of
    matter it is, and is the matter where *text* tells none.
    """
    raw = text[:UNDERSTOOD]
    head = normal(subject[:UNDERSTOOD])
    read = _read(dialect.plain(normal(raw)), now, institution)
    kind = kinds.kind(read.plain, subject=head, among=institution.kinds)
    graded = urgency.judge(read.plain, subject=head, kind=kind)
    classifier = CLASSIFIERS.of(institution)
    proposal = classifier.propose(read.plain, subject=subject, place=_places(read.places), kind=kind)
    what = _what(raw, read, decided=proposal.decided) or _matter(subject, head, ())
    target, request = _aims(read, kind) if what else (None, None)
    return Facts(
        proposal=proposal,
        who=_as_written(read.name, raw) if read.name else None,
        contact=read.phone.value if read.phone else None,
        what=what,
        target=raw[target.start : target.end] if target else None,
        when=read.times[0][0] if read.times else None,
        where=read.places[0][0] if read.places else None,
        request=raw[request.start : request.end] if request else None,
        kind=kind,
        kinds=kinds.told(read.plain, institution.apart) if institution.apart else (),
        urgency=graded.grade,
        urgency_why=graded.words,
        danger=graded.danger,
        told=tuple(read.named),
        corrections=read.corrections,
        evidence=evidence.find(read.plain),
        matters=matters.split(raw, proposal, classifier.propose, glance=classifier.glance),
        capacity=capacity.find(read.plain),
        pieces=_pieces(raw, read, target, request),
    )


def _as_written(name: Found, raw: str) -> str:
    """A name in the characters that its bearer uses: 陳 is not changed into 陈."""
    written = raw[name.start : name.end]
    return written if normal(written) == name.value else name.value


def _read(plain: str, now: datetime, institution: Institution) -> _Read:
    """Whatever stands in the text for itself: numbers, times, places, names."""
    amends = corrections.find(plain)
    valid = _masked(plain, [one.wrong for one in amends if one.wrong])  # what is taken back is no fact
    numbers = identifiers.find(valid)
    clear = _masked(valid, [(one.start, one.end) for one in numbers])  # an order number is no phone and no date
    foreign = english.mostly(plain)
    times, places, name = _in_english(clear, now) if foreign else ([], [], None)
    places = places or where.find(clear, gazetteer.of(institution), city=institution.city)
    times = times or when.find(clear, now)
    times = times or english_when.alone(clear, now)  # "October 8" is one English word: too few to be read as English
    named = numbers + organisations.find(_masked(clear, [(start, end) for _, start, end in times]))
    slots = set(institution.slots)
    named += goods.find(clear, slots - {one.slot for one in named}, times=[(start, end) for _, start, end in times])
    phone = who.find_phone(clear)
    name = name or who.find_name(clear, beside=phone)
    return _Read(plain, clear, foreign, times, places, name, phone, named, amends)


def _what(raw: str, read: _Read, *, decided: bool) -> str | None:
    """The text where more is left of it than facts that tell no matter."""
    numbers = [one for one in read.named if one.slot in identifiers.SLOTS]
    facts = [(found.start, found.end) for found in (read.name, read.phone, *numbers) if found]
    facts += [(start, end) for _, start, end in read.times]
    facts += [span for one in read.corrections for span in (one.wrong, one.right) if span]
    facts += [(start, end) for _, start, end in read.places if not (decided or _accused(read.plain, start))]
    return _matter(raw, read.plain, facts)


def _aims(read: _Read, kind: str) -> tuple[Found | None, Found | None]:
    """Whom it is about, and what is asked for."""
    asks = english if read.foreign else aims
    spans = [(start, end) for _, start, end in (*read.times, *read.places)]
    no_target = [span for span in spans if not aims.UNIT.search(read.plain, *span)]
    return asks.target(_masked(read.plain, no_target), kind=kind), asks.request(read.plain, kind=kind)


def _pieces(raw: str, read: _Read, target: Found | None, request: Found | None) -> tuple[Piece, ...]:
    """Where everything was read, in the words of the text as it was given."""
    single = {"who": read.name, "contact": read.phone, "target": target, "request": request}
    spans = [(slot, found.start, found.end) for slot, found in single.items() if found]
    spans += [("when", start, end) for _, start, end in read.times]
    spans += [("where", start, end) for _, start, end in read.places]
    spans += [(one.slot, one.start, one.end) for one in read.named]
    return tuple(Piece(slot, raw[start:end], start, end) for slot, start, end in spans)


def _in_english(text: str, now: datetime) -> tuple[list[Timed], list[Placed], Found | None]:
    """Times, places and a name; a house number is no hour."""
    places = english.places(text)
    return english_when.find(_masked(text, [(start, end) for _, start, end in places]), now), places, english.name(text)


def _places(found: Iterable[tuple[Where, int, int]]) -> str:
    """The first place with all its pieces, for the institution's routes."""
    first = next((where for where, _, _ in found), None)
    return "\n".join((first.text, *first.pieces.values())) if first else ""


def _accused(plain: str, start: int) -> bool:
    """Whether it is a place that is complained of: "投诉北区食堂" tells a matter, "北区食堂" a place."""
    return ACCUSING.search(plain[max(0, start - 8) : start]) is not None


def _masked(plain: str, spans: Iterable[tuple[int, int]]) -> str:
    """*plain* with commas for what was read already, character for character."""
    for start, end in spans:
        plain = plain[:start] + "," * (end - start) + plain[end:]
    return plain


def _matter(text: str, plain: str, spans: Iterable[tuple[int, int]]) -> str | None:
    """*text* without greeting and control characters; None where it tells no matter."""
    begin = 0
    while (greeting := GREETING.match(plain, begin)) and greeting.end() > begin:
        begin = greeting.end()
    if not _tells(_masked(plain, spans)[begin:]):
        return None
    return re.sub(r"[ \t]+", " ", CONTROL.sub("", text[begin:])).strip() or None


def _tells(plain: str) -> bool:
    """Whether enough letters are left between the words that tell no matter; it looks no further than to the last."""
    letters = at = 0
    for empty in chain(NO_MATTER.finditer(plain), (None,)):
        letters += len(LETTER.findall(plain, at, empty.start() if empty else len(plain)))
        if letters >= TELLING:
            return True
        at = empty.end() if empty else at
    return False
