"""What is known of a place that was read: official names, what it lies in, its code, and which it may be.

Takes the pieces that ``nlp.where.places`` read from a text; finding them is not its
work. The institution's own gazetteer comes before the regions of the state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.facts import Where
from nlp.where.regions import regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.where.gazetteer import Gazetteer, Place
    from nlp.where.regions import Region

WIDE = ("province", "city", "district", "street", "community")
"""Pieces that others lie in, from wide to narrow."""
NAMED = frozenset({"district", "street", "community", "village", "road", "compound", "poi"})
BEHIND_A_CITY = frozenset({"street", "village"})
"""What stands right behind a city's short name: 湘潭城塘社区. Schools, roads and estates bear such names themselves."""
READ = 40  # pieces of one place that are looked up: a longer one is no address
LEFT_OVER = 3  # characters that must stay of a name after a region's: 北京东路 is a road


@dataclass(slots=True)
class Known:
    """What is found out piece by piece."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)  # (as said, official)
    mended: list[tuple[str, str]] = field(default_factory=list)
    place: Place | None = None  # the narrowest that is known
    region: Region | None = None
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def settle(text: str, pieces: Sequence[tuple[str, str]], gazetteer: Gazetteer | None, city: str) -> Where:
    """The place with all that is known of it. *pieces* in the order they were said, *city* the institution's own."""
    known = Known()
    said = {name for _, name in pieces}
    for kind, name in pieces[:READ]:
        if not (gazetteer and kind in NAMED and _from_gazetteer(known, kind, name, gazetteer, said - {name})):
            _from_regions(known, kind, name, city)
    known.pieces += pieces[READ:]
    above = _above(known)
    whole = text
    for one, official in known.said:
        whole = whole.replace(one, "" if official in above.values() else official, 1)
    mended = text
    for one, official in known.mended:
        mended = mended.replace(one, official, 1)
    return Where(
        text,
        {**above, **_joined(known.pieces, above)},
        name="".join(dict.fromkeys(above.values())) + whole,
        mended=mended if known.mended else "",
        code=known.region.code if known.region else None,
        candidates=known.candidates,
        suggestions=known.suggestions,
    )


def _from_gazetteer(known: Known, kind: str, name: str, gazetteer: Gazetteer, beside: set[str]) -> bool:
    """Whether the institution's gazetteer tells what *name* is, or may be."""
    found, sure = gazetteer.meant(name, kind, beside)
    if not sure:
        by_name = bool(gazetteer.named(name))
        wholes = tuple(place.whole for place in found)
        known.candidates = known.candidates or (wholes if by_name else ())
        known.suggestions = known.suggestions or (() if by_name else wholes)
        if by_name:
            known.pieces.append((found[0].piece, name))
        return by_name
    place = found[0]
    known.pieces.append((place.piece, place.name))
    known.said.append((name, place.name))
    if not gazetteer.named(name):
        known.mended.append((name, place.name))
    if known.place is None or len(place.above) >= len(known.place.above):
        known.place = place
    return True


def _from_regions(known: Known, kind: str, name: str, city: str) -> None:
    """Take a region's name off the beginning of a piece; a district may be wholly one or several."""
    everywhere = regions()
    if kind == "district" and (names := everywhere.split(name)):
        _region(known, name, everywhere.meant(names, city=city))
        return
    lead = everywhere.lead(name) if kind in BEHIND_A_CITY else 0
    meant = everywhere.meant((everywhere.named(name[:lead]),), city=city) if lead else ()
    if len(meant) == 1 and meant[0].level != "county" and len(name) - lead >= LEFT_OVER:
        _region(known, name[:lead], meant)
        name = name[lead:]
    known.pieces.append((kind, name))


def _region(known: Known, name: str, meant: tuple[Region, ...]) -> None:
    if known.region is not None:  # 湖南省 … 岳麓区, told apart
        meant = tuple(region for region in meant if known.region.holds(region)) or meant
    if len(meant) == 1:
        known.region = meant[0]
        known.said.append((name, meant[0].name))
        return
    known.candidates = tuple(region.whole for region in meant)
    known.pieces.append(("district", name))


def _above(known: Known) -> dict[str, str]:
    """All that the place is known to lie in, itself left out, from wide to narrow."""
    above: dict[str, str] = {}
    if known.region is not None:
        region = known.region
        above = {"province": region.province, "city": region.city, "district": region.name}
        if region.level != "county":
            above.pop("district")
        above = {kind: name for kind, name in above.items() if name}
    if known.place is not None:
        above |= {kind: name for kind, name in known.place.pieces.items() if kind in WIDE}
    return above


def _joined(pieces: Sequence[tuple[str, str]], above: dict[str, str]) -> dict[str, str]:
    """Pieces by kind; two of one kind are written together (A市 and A3区), two roads with 、 between."""
    out: dict[str, str] = {}
    for kind, text in pieces:
        if kind in {"near", "bus", "phase", "group"} or above.get(kind) == text:
            continue
        joint = "、" if kind == "road" else ""
        out[kind] = out[kind] + joint + text if kind in out else text
    for kind, text in pieces:
        if kind == "group":
            out["village"] = out.get("village", "") + text
    return out
