"""Provinces, prefectures and counties of China by name and code (GB/T 2260); no streets, no coordinates.

A name that several places bear (朝阳区) stays open until the names before it
or the institution's own city say which is meant. Read at first use; the file
is made by ``scripts/regions.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = Path(__file__).parents[1] / "words" / "regions.txt"

PEOPLES = (
    "(?:各|壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤|纳西|羌|土|仫佬|锡伯|"
    "柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|普米|阿昌|基诺)族?"
)
AUTONOMOUS = re.compile(rf"(.{{2,}}?)({PEOPLES})*自治([州县区旗])")
ENDING = re.compile(r"(.{2,}?)(?:特别行政区|地区|林区|特区|左旗|右旗|[省市县区盟旗])")
RENAMED = re.compile(r"[县市区]$")
DIRECT = frozenset({"11", "12", "31", "50"})
"""Cities that are provinces."""


LEVELS = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class Region:
    """One of the state's areas. ``province`` and ``city`` are those it lies in, itself included; "" where none is."""

    code: str  # six digits
    name: str
    province: str
    city: str

    @property
    def level(self) -> str:
        """province, city or county."""
        return "province" if self.code.endswith("0000") else "city" if self.code.endswith("00") else "county"

    @property
    def whole(self) -> str:
        """The name with all it lies in: 湖南省长沙市岳麓区, 北京市东城区."""
        return "".join(dict.fromkeys(part for part in (self.province, self.city, self.name) if part))

    def holds(self, other: Region) -> bool:
        """Whether *other* lies in it, or is it."""
        return other.code.startswith(self.code[: {"province": 2, "city": 4, "county": 6}[self.level]])


@dataclass(frozen=True, slots=True)
class Regions:
    """All of them: by code, and by every name, official or short."""

    by_code: Mapping[str, Region]
    by_name: Mapping[str, tuple[Region, ...]]

    def named(self, name: str) -> tuple[Region, ...]:
        """Those called so; a name with an old ending (新津县, now 新津区) means the only one of that stem."""
        if found := self.by_name.get(name):
            return found
        stem = self.by_name.get(RENAMED.sub("", name), ()) if len(name) > 2 and RENAMED.search(name) else ()
        counties = tuple(region for region in stem if region.level == "county")
        return counties if len(counties) == 1 else ()

    def split(self, text: str) -> tuple[tuple[Region, ...], ...]:
        """Read *text* as names one after the other, the longest first; empty where it is not wholly that."""
        names, at = [], 0
        while at < len(text):
            end = next((e for e in range(min(len(text), at + LONGEST), at + 1, -1) if self.named(text[at:e])), 0)
            if not end:
                return ()
            names.append(self.named(text[at:end]))
            at = end
        return tuple(names)

    def lead(self, text: str) -> int:
        """How many characters at the beginning of *text* name a region by its short or official name; 0: none."""
        return next((end for end in range(min(len(text), LONGEST), 1, -1) if text[:end] in self.by_name), 0)

    def meant(self, names: Sequence[tuple[Region, ...]], *, city: str = "") -> tuple[Region, ...]:
        """Which the last of *names* can be, given those before it; one where it is sure.

        ``city`` is the institution's own (a name or a code): it decides among several, never against the text.
        """
        if not names:
            return ()
        left = tuple(r for r in names[-1] if all(any(o.holds(r) for o in outer) for outer in names[:-1]))
        own = self.by_code.get(city) or next(iter(self.by_name.get(city, ())), None) if city else None
        near = tuple(r for r in left if own and own.holds(r))
        left = near if len(near) == 1 else left
        widest = tuple(r for r in left if r.level == min((o.level for o in left), key=LEVELS.index))
        return widest if len(widest) == 1 else left  # 湘潭 is the city more often than the county


LONGEST = 16
"""Characters of the longest name."""


def short(name: str) -> str:
    """What people say for it: 红河 for 红河哈尼族彝族自治州, 长沙 for 长沙市; the name itself where it has no short form."""
    whole = AUTONOMOUS.fullmatch(name) or ENDING.fullmatch(name)
    return whole[1] if whole else name


@cache
def regions() -> Regions:
    """All of them, read once."""
    rows = dict(line.split(" ", 1) for line in FILE.read_text(encoding="utf-8").splitlines())
    by_code = {code: _region(code, rows) for code in rows}
    by_name: dict[str, tuple[Region, ...]] = {}
    for region in by_code.values():
        for name in {region.name, *_spoken(region.name)}:
            by_name[name] = (*by_name.get(name, ()), region)
    return Regions(by_code, by_name)


def _spoken(name: str) -> tuple[str, ...]:
    """Short forms: 红河 and 红河州; 阿拉善 and 阿拉善盟."""
    stem = short(name)
    own = AUTONOMOUS.fullmatch(name)
    return (stem, stem + own[3]) if own and own[3] != "区" else (stem,)


def _region(code: str, rows: Mapping[str, str]) -> Region:
    province = rows[f"{code[:2]}0000"]
    city = rows.get(f"{code[:4]}00", "") if not code.endswith("0000") else province if code[:2] in DIRECT else ""
    return Region(code, rows[code], province, city or (province if code[:2] in DIRECT else ""))
