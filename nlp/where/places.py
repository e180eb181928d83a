"""Where it happened: places told in a text, by an address grammar and the institution's gazetteer.

A place is a run of pieces without a gap (A市 · 人民路 · 88号 · 幸福里 · 3栋 ·
楼下). A piece is known by its ending; its name reaches left to the piece
before it or to a word no name holds. A name of the gazetteer needs no ending.
Official names and codes are ``where_known``'s work. Linear in the text's length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.scanner import Scanner
from nlp.where import words
from nlp.where.known import settle
from nlp.where.regions import regions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.facts import Where
    from nlp.where.gazetteer import Gazetteer, Hit

WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
IS_WIDE = re.compile("[\uff01-\uff5e\u3000]")

NUM = r"(?:\d{1,5}|[一二三四五六七八九十]{1,3})"
RANGE = r"(?:(?<!\d)\d{1,3}(?:#|号楼?|栋|幢|座)?[-~至到](?=\d{1,3}(?!\d)))?"
"""3至 of 3至5栋."""
SMALL = r"(?:\d{1,3}|[A-Za-z]\d{0,2}|[一二三四五六七八九十]{1,3}|[东南西北甲乙丙丁])"


def _ends(listed: str) -> str:
    return "|".join(sorted(listed.split(), key=len, reverse=True))


TOKENS = (
    ("gap", r"[,。.;!?:、\n\r\t()\[\]{}<>《》…~—*/\\|]+"),
    ("quote", r"[\s“”\"'「」-]+"),
    ("name", _ends(words.NAMES)),
    (
        "room",
        r"(?<=[元栋幢座楼层\-])\d{3,4}(?![\d年月日元块万多余人户平米])(?:室|号房?|房间?|户)?|\d{2,5}(?:室|号?房间?|包间|包厢|号铺|车厢)",
    ),
    ("triple", r"(?<!\d)\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])"),
    ("unit", rf"{SMALL}(?:单元|门洞)"),
    ("building", rf"{RANGE}(?:{SMALL}|[A-Za-z]{{1,2}})(?:号楼|号院|栋|幢|座(?![位谈])|#楼?|号(?=\d单元))"),
    ("floor", r"(?:负?\d{1,2}|[一二三四五六七八九十]{1,3})(?:楼(?!盘|市)|层(?!次|面))"),
    ("number", rf"{NUM}(?:-\d{{1,4}})?号(?:附{NUM}号|之{NUM})?(?![线令文车台楼院栋])"),
    ("bare", r"(?<=[路街巷弄道])\d{1,4}(?:-\d{1,3})?(?=$|[\s,。;!?、()的]|门口|对面|旁|附近|楼下)"),
    ("group", rf"{NUM}(?:村民小组|小组|组|队|社)(?!区|会|织|长|建|合|团)"),
    ("phase", r"(?:[一二三四五六七八九十]{1,2}|\d{1,2})期(?!间)|[东南西北][区苑](?!别)"),
    (
        "time",
        r"[\d一二三四五六七八九十两几半]{1,6}(?:个?多?(?:年(?:初(?!中)|[底末])?|月份?(?:初(?!中)|[底末])?|日|点半?|分钟?|天|小时|星期|周)|元|块|万|人(?!民)|户|平|米|公里|岁|次|个|条|辆)多?",
    ),
    ("stop", _ends(words.STOP_WORDS)),
    ("bus", r"\d{1,4}路(?:公交车?|车|一辆)?"),
    ("route", r"(?:[国省县乡]道)?(?<![A-Za-z])[GSXYCgsxyc][O\d]\d{1,3}(?:国道|省道|县道|道路|高速|线|路)?(?![\d次])"),
    ("code", r"(?<![A-Za-z])[A-Z]\d{0,2}(?:市|县|区|州)"),
    ("not_place", _ends(words.NOT_PLACES)),
    ("poi", _ends(words.POI)),
    ("compound", _ends(words.COMPOUND)),
    ("village", _ends(words.VILLAGE)),
    ("near", rf"(?:{_ends(words.NEAR)})(?:处(?![理罚分置长]))?"),
    ("district", _ends(words.DISTRICT)),
    ("street", _ends(words.STREET)),
    ("road", _ends(words.ROAD)),
    ("char", f"[{words.STOPS}]"),
)
_SCAN = Scanner(TOKENS)

WEAK_END = re.compile(rf"(?:{_ends(words.WEAK_COMPOUND)})$")
ESTATE_FOLLOWS = re.compile(r"(?:的)?(?:业主|物业|楼下|小区|门口|[一二三四五六\d]期)")
AREA = frozenset({"district", "street", "community", "village"})
NAMED = frozenset({"district", "street", "community", "village", "road", "compound", "poi"})
LONGEST = {"district": 8, "street": 8, "village": 8, "road": 9, "compound": 12, "poi": 12}
"""Characters of a name with its ending; what is longer is a sentence, not a name."""

WEIGHT = {
    "district": 2.0, "street": 4.0, "community": 6.0, "village": 6.0, "road": 5.0, "number": 5.0, "compound": 7.0, "phase": 1.0, "building": 6.0,
    "unit": 3.0, "floor": 1.0, "room": 6.0, "group": 3.0, "poi": 6.0, "near": 1.0, "bus": 0.0,
}  # fmt: skip
"""How much a piece tells; a place's rank is their sum."""

EMPTY = re.compile(r"^(?!第[\d一二三四五六七八九十]{1,3}$)[\s\d一二三四五六七八九十第某全本该各老新大小多两几号]*$")


GENERIC = re.compile(f"(?:{_ends(words.POI)}|{_ends(words.COMPOUND)})")
"""A place by its kind only: 幼儿园, 派出所."""


DATE_NAME = re.compile(r"五一|八一|七一|六一|五四|三八|双十")
"""Dates that roads and estates are named after."""

OFFICE = re.compile(
    r"(?:政府|(?<!邮)政局|[^邮]政局|教育局|房管局|城管局|国土局|税务局|公安局|社保局|信访局|法院|检察院|管委会)$"
)
"""Whom a complaint is addressed to more often than where it happened."""


LONGER = frozenset("东西南北中上下前后新老旧大小")
"""Before a known name these make it another one: 北滨河路."""

INSIDE = frozenset({"里面", "里边", "里头"})
"""幸福里面 is no 幸福里."""

BESIDE = re.compile(
    rf"(?:的)?(?:业主|物业|小区|门口|楼下|对面|附近|旁边|{SMALL}(?:号|栋|幢|座|期|单元|#)|{_ends(words.NEAR)})"
)
"""Behind a short known name these tell that it is said as a place."""

CLOSING = frozenset({"gap", "stop", "time", "not_place"})
WORDS = frozenset({"stop", "not_place", "name", "time"})


@dataclass(slots=True)
class Run:
    """A place being read: its pieces in order, and where in the text it stands."""

    start: int
    end: int
    pieces: list[tuple[str, str]] = field(default_factory=list)
    open: bool = True  # a piece may still join

    def add(self, kind: str, text: str, end: int) -> None:
        """Take in the next piece."""
        self.pieces.append((kind, text))
        self.end = end

    def weight(self) -> float:
        """How exact this place is; a piece known by its kind alone tells little."""
        generic = 4.0 if any(kind in AREA for kind, _ in self.pieces) else 0.5
        total = sum(
            1.0 if OFFICE.search(text) else generic if GENERIC.fullmatch(text) else WEIGHT[kind]
            for kind, text in self.pieces
        )
        return total + min(self.end - self.start, 30) / 100

    def told(self) -> bool:
        """Does it say a place at all? Not a bare 学校, 2楼 or 口."""
        return any(
            kind in {"building", "room"} or (kind in NAMED and text not in words.BARE) for kind, text in self.pieces
        )


def find(text: str, gazetteer: Gazetteer | None = None, *, city: str = "") -> list[tuple[Where, int, int]]:
    """All places of *text* with their offsets, the most exact first, then the one told first.

    ``gazetteer`` and ``city`` are the institution's; the city says which 朝阳区 is meant.
    """
    plain = text.translate(WIDE) if IS_WIDE.search(text) else text
    runs = [run for run in _runs(plain, gazetteer) if run.told()]
    runs.sort(key=lambda run: (-run.weight(), run.start))
    return [(settle(text[run.start : run.end], run.pieces, gazetteer, city), run.start, run.end) for run in runs]


class Reader:
    """Walks over the tokens once; ``left`` is where a name that ends here may begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = 0
        self.run: Run | None = None
        self.done: list[Run] = []
        self.scan = _SCAN.over(text)
        self.ahead = self.scan(0)

    def token(self, at: int) -> re.Match[str] | None:
        """The first token from *at* on; what lies ahead is searched for once only."""
        if self.ahead and self.ahead.start() < at:
            self.ahead = self.scan(at)
        return self.ahead

    def close(self, at: int) -> None:
        """No piece joins any more; names begin at *at*."""
        if self.run:
            self.done.append(self.run)
        self.run, self.left = None, at

    def piece(self, kind: str, start: int, end: int) -> None:
        """A piece stands here: it joins the place before it where nothing is between."""
        joins = self.run is not None and self.run.open and self.left == start
        if not joins:
            self.close(start)
        if self.run is None:
            self.run = Run(start, end)
        self.run.add(kind, self.text[start:end], end)
        self.left = end

    def named(self, kind: str, start: int, end: int) -> None:
        """An ending: its name reaches back to ``left``."""
        name = self.text[self.left : start]
        if self.run and not name:
            self.extend(kind, start, end)
            return
        if end - self.left > LONGEST[kind] and not (kind == "district" and regions().split(self.text[self.left : end])):
            self.close(end)
            return
        if EMPTY.match(name) and not DATE_NAME.fullmatch(name):
            if kind in AREA and not name:
                self.close(start)  # 市第一人民医院: the level begins the name of what follows
                return
            self.close(start)
            if kind not in {"poi", "compound"}:
                self.close(end)
                return
        self.piece(kind, self.left, end)

    def known(self, hit: Hit) -> bool:
        """A name of the gazetteer stands here: is it the whole name, and said as a place?"""
        name = self.text[self.left : hit.start]
        longer = len(name) == 1 and name in LONGER
        expected = (not name and self.run is not None and self.run.open) or BESIDE.match(self.text, hit.end)
        inside = self.text[hit.end - 1 : hit.end + 1] in INSIDE
        if longer or inside or (hit.weak and not expected):
            return False
        if name:
            self.close(hit.start)  # what stands before it is no part of it
        self.piece(hit.kind, hit.start, hit.end)
        return True

    def extend(self, kind: str, start: int, end: int) -> None:
        """An ending right behind a piece may make it another one (太平市 + 镇, 花园 + 路 + 街道), or stands by itself."""
        run = self.run
        if run is None:
            return
        last, text = run.pieces[-1]
        same_land = last in AREA and kind in AREA
        longer_name = last in {"compound", "road"} and kind in {"compound", "road", "street", "village"}
        if same_land or longer_name:
            run.pieces[-1] = (kind, text + self.text[start:end])
            run.end = self.left = end
        else:
            self.piece(kind, start, end)

    def numbered(self, kind: str, start: int, end: int) -> None:
        """A building, number, room: what stands before it without an ending is an estate's name."""
        name = self.text[self.left : start]
        estate = kind == "building" or (kind == "phase" and WEAK_END.search(name))
        if name and estate and 2 <= len(name) <= 8 and not EMPTY.match(name):
            self.piece("compound", self.left, start)
        elif name:
            self.close(start)
        alone = kind in {"number", "group", "phase", "floor", "unit", "bus"}
        if alone and self.run is None:
            self.left = start if kind in {"phase", "number"} else end  # 北区 may begin a name: 北区食堂
            return
        if (
            kind == "number"
            and self.run
            and not {"road", "village", "street", "compound"} & {k for k, _ in self.run.pieces}
        ):
            self.close(end)
            return
        self.piece(kind, start, end)

    def near(self, start: int, end: int) -> None:
        """门口, 楼下: ends the place it follows; 路口 after a name is that road's."""
        if self.run and self.left == start:
            self.piece("near", start, end)
            self.run.open = False
            return
        name = self.text[self.left : start]
        if self.text[start:end].startswith("路口") and 2 <= len(name) <= 6 and not EMPTY.match(name):
            self.piece("road", self.left, start + 1)
            self.piece("near", start + 1, end)
            self.run.open = False  # type: ignore[union-attr]
            return
        weak = WEAK_END.search(name)
        if weak and 2 <= len(name) <= 6:
            self.piece("compound", self.left, start)
            self.piece("near", start, end)
            return
        self.left = end if self.text[start:end] not in {"口", "段", "内", "旁"} else self.left


def _runs(text: str, gazetteer: Gazetteer | None) -> Iterator[Run]:
    reader, at = Reader(text), 0
    for hit in gazetteer.hits(text) if gazetteer else ():
        at = _read(reader, at, hit)
    _read(reader, at, None)
    reader.close(len(text))
    yield from reader.done


def _read(reader: Reader, at: int, hit: Hit | None) -> int:
    """Take the tokens up to *hit*, then that; the offset to go on from. A word that holds its beginning goes first."""
    while found := reader.token(at):
        kind, (start, end) = found.lastgroup or "", found.span()
        if kind in {"not_place", "phase"} and (county := _county(reader, found)):
            kind, start, end = "district", county - 1, county
        if hit and end > hit.start and not (start < hit.start and kind in WORDS):
            break
        if kind in CLOSING or (kind == "char" and reader.run is None):
            reader.close(end)
        else:
            _take(reader, kind, start, end)
        at = end
        if hit and at > hit.start:
            return at
    return hit.end if hit and at <= hit.start and reader.known(hit) else at


def _county(reader: Reader, found: re.Match[str]) -> int:
    """Where a county's name ends whose ending another word holds: 湘潭县|城塘社区, 江北区; 0: none does."""
    end = found.start() + 1 if found[0] == "县城" else found.end() if found[0][1:] == "区" else 0
    return end if end - reader.left > 2 and regions().split(reader.text[reader.left : end]) else 0


def _take(reader: Reader, kind: str, start: int, end: int) -> None:
    match kind:
        case "name":
            pass
        case "quote":
            _blank(reader, start, end)
        case "char":
            _conjunction(reader, start, end)
        case "near":
            reader.near(start, end)
        case "code":
            reader.left = start if reader.left != start else reader.left
            reader.piece("district", start, end)
        case "route":
            reader.piece("road", start, end)
        case "triple":
            _triple(reader, start, end)
        case "bare" | "room" | "unit" | "building" | "floor" | "number" | "group" | "phase" | "bus":
            reader.numbered("number" if kind == "bare" else kind, start, end)
        case _:
            reader.named(kind, start, end)


def _blank(reader: Reader, start: int, end: int) -> None:
    """A blank, dash or quotation mark between two pieces does not part them; inside a name it does."""
    if reader.run and reader.left == start:
        reader.left = end
    else:
        reader.close(end)


def _conjunction(reader: Reader, start: int, end: int) -> None:
    """和 and 与 between two roads make a crossing, between two buildings a gap; other such characters end the place."""
    run = reader.run
    if run and reader.left == start and reader.text[start:end] in "和与" and run.pieces[-1][0] in {"road", "building"}:
        reader.left = end
    else:
        reader.close(end)


def _triple(reader: Reader, start: int, end: int) -> None:
    """3-2-501: building, unit, room."""
    name = reader.text[reader.left : start]
    if name and 2 <= len(name) <= 8 and not EMPTY.match(name):
        reader.piece("compound", reader.left, start)
    if reader.run is None:
        reader.left = end
        return
    at = start
    for kind, text in zip(("building", "unit", "room"), reader.text[start:end].split("-"), strict=True):
        reader.left = at
        reader.piece(kind, at, at + len(text))
        at += len(text) + 1
    reader.left = end
