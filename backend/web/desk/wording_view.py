"""What an institution says, as the desk shows it: lists by topic, differences, the same words with sample facts. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING

from dialogs.wording import EN, HANT, LANGUAGES, ZH, fitting
from dialogs.wording.plain import fields
from dialogs.wording.traditional import traditional
from institutions.worded import FAQ, PARTS, REPLY, SAID, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from institutions.model import Institution
    from institutions.worded import Part

TOPICS: dict[str, str] = {
    "start": "welcome privacy consent unconsent invite help language person restart pace simple few more",
    "asking": "noted reject skip back change which choose kinds meant split none submit summary reason draft edited"
    " continue resume leave cancel cancelled stale added mark length anonymous confidential contact raised",
    "files": "file photo video voice document location untaken unread",
    "danger": "danger alarm mood",
    "progress": "receipt progress number urge withdraw appeal review reply accept sort elsewhere share",
    "after": "visit rate after thanks",
    "person": "human phone foreign trouble",
    "joint": "join joint named behalf agent",
    "data": "forget forgot looks copy move",
    "faq": "faq papers aside",
}
"""The families of the bot's sentences, by what they are about; what is in none is under ``other``."""
OTHER = "other"
TOPIC_OF = {family: topic for topic, families in TOPICS.items() for family in families.split()}
SAMPLES: dict[str, tuple[str, str]] = {
    "accepts": ("小区里的大事小事都可以说。", "You can tell us anything about the estate."),
    "answer": ("路灯已经修好。", "The street light is repaired."),
    "at": ("11月24日", "24 November"),
    "by": ("11月24日", "24 November"),
    "category": ("公共设施", "Public facilities"),
    "code": ("4821", "4821"),
    "day": ("11月20日", "20 November"),
    "department": ("工程部", "Maintenance"),
    "due": ("11月24日 17:30", "24 Nov 17:30"),
    "example": ("昨晚八点", "last night at 8"),
    "facts": ("事情是路灯不亮，地点在3号楼", "the street light is out, near block 3"),
    "files": ("2张照片", "2 photos"),
    "filed": ("11月21日 9:12", "21 Nov 9:12"),
    "gone": ("姓名、电话", "name, phone"),
    "ground": ("不属于本单位职责", "it is not our matter"),
    "hours": ("每天8:30到17:30", "8:30 to 17:30 every day"),
    "label": ("答复期限", "the answer"),
    "length": ("5个工作日", "5 working days"),
    "link": ("https://12345.example.gov.cn/…", "https://12345.example.gov.cn/…"),
    "matter": ("路灯不亮", "street light"),
    "matters": ("路灯和噪音", "street light and noise"),
    "minutes": ("30", "30"),
    "n": ("2", "2"),
    "name": ("李女士", "Ms Li"),
    "number": ("20261121-HL-000042-7", "20261121-HL-000042-7"),
    "numbers": ("110、120", "110, 120"),
    "papers": ("照片或合同", "a photo or the contract"),
    "people": ("5", "5"),
    "phone": ("13800138000", "13800138000"),
    "place": ("幸福里3号楼", "Block 3, Xingfuli"),
    "promise": ("11月24日前会有答复。", "You will have an answer by 24 November. "),
    "review": ("12月21日", "21 December"),
    "role": ("代理人", "agent"),
    "said": ("门口的灯", "the light at the door"),
    "slots": ("时间、地点", "time, place"),
    "spans": ("8:30到12:00，13:30到17:30", "8:30 to 12:00, 13:30 to 17:30"),
    "text": ("路灯不亮", "the street light is out"),
    "to": ("街道办", "the street office"),
    "what": ("3号楼前的路灯不亮", "the street light near block 3 is out"),
    "where": ("幸福里3号楼", "Block 3, Xingfuli"),
    "who": ("王主任", "Mr Wang"),
    "whom": ("您的母亲", "your mother"),
    "why": ("有它才能核对", "we need it to check"),
    "words": ("“路灯”", "“street light”"),
    "years": ("5", "5"),
}
"""What stands for a fact in a preview; invented."""
MOST = 60
"""Lines of a list at once."""
MOST_PAIRS = 8000
"""Pairs of equal characters up to which two texts are compared, a tenth of a second at most: it grows with the third
power of what repeats itself, and a page waits."""


class Samples(dict[str, str]):
    """Sample facts; one that has none is shown by its name."""

    def __missing__(self, key: str) -> str:
        return f"［{key}］"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the list. ``state``: own, unfit or nothing."""

    place: Place
    title: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a difference. ``how``: same, gone, new."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the words are looked for."""

    part: Part = SAID
    topic: str = ""
    language: str = ZH
    text: str = ""
    own: bool = False


def topic_of(key: str) -> str:
    """What a sentence of the bot is about."""
    return TOPIC_OF.get(key.partition(".")[0], OTHER)


def places(shipped: Institution, part: Part, language: str) -> Iterator[tuple[Place, str]]:
    """All words of that part in that language, each with what it is called; the bot's sentences by their keys."""
    if part == SAID:
        yield from ((Place(SAID, key, language), key) for key in sorted(LANGUAGES[language]))
    elif part == REPLY:
        for reply in shipped.casework.replies:
            called = reply.name_en if language == EN and reply.name_en else reply.name
            yield Place(REPLY, reply.id, language), called
    else:
        for row in shipped.faq:
            yield Place(FAQ, row.id, language), row.asks[0] if row.asks else row.id


def lines(shipped: Institution, good: Mapping[Place, str], bad: Mapping[Place, str], asked: Asked) -> list[Line]:
    """Those that are looked for. *good*: what is said instead of the file's words; *bad*: what cannot be said."""
    found = []
    wanted = asked.text.casefold()
    for place, title in places(shipped, asked.part, asked.language):
        state = "unfit" if place in bad else "own" if place in good else ""
        text = good.get(place) or fitting.ours(shipped, place)
        if asked.own and not state:
            continue
        if asked.part == SAID and asked.topic and not wanted and not asked.own and topic_of(place.key) != asked.topic:
            continue
        if wanted and wanted not in f"{title}\n{place.key}\n{text}".casefold():
            continue
        found.append(Line(place, title, text, state))
    return found


def languages(part: Part) -> tuple[str, ...]:
    """Those that words of that part are written in."""
    return (ZH, HANT, EN) if part == SAID else (ZH, EN)


def difference(before: str, after: str) -> list[Piece]:
    """What became of the words, piece by piece; what repeats itself too often to be compared stands whole."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = (text[head : len(text) - tail] for text in (before, after))
    found = [Piece("same", before[:head]), *_between(old, new), Piece("same", before[len(before) - tail :])]
    return [piece for piece in found if piece.text]


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _between(before: str, after: str) -> Iterator[Piece]:
    there, here = Counter(before), Counter(after)
    if sum(n * here[char] for char, n in there.items()) > MOST_PAIRS:
        yield from (Piece("gone", before), Piece("new", after))
        return
    for how, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("same", before[i:j])
        else:
            yield from (Piece("gone", before[i:j]), Piece("new", after[k:m]))


def shown(text: str, language: str, institution: Institution) -> str:
    """The words with sample facts, as a citizen would read them; those whose braces hold no names as they are."""
    english = language == EN
    own = {
        "institution": (institution.name_en if english else "") or institution.name,
        "phone": institution.phone or SAMPLES["phone"][0],
    }
    facts = {key: pair[english] for key, pair in SAMPLES.items()} | own
    if language == HANT:
        facts = {key: traditional(value) for key, value in facts.items()}
    try:
        named = all(name.isidentifier() for name in fields(text))  # what is no name could reach into the facts
    except ValueError:
        return text
    return text.format_map(Samples(facts)) if named else text


def part_of(told: str) -> Part:
    """The part of that name; else the bot's sentences."""
    return next((part for part in PARTS if part == told), SAID)
