"""A place in the draft: what a pin, a correction and the institution's gazetteer make of it.

The contract's ``where`` as JSON. Reading places from words is ``nlp.where.places``'s work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nlp.where import gazetteer
from nlp.where import places as where

if TYPE_CHECKING:
    from dialogs.messages import Location
    from institutions.model import Institution
    from nlp.facts import Where
    from nlp.where.gazetteer import Place

AREAS = frozenset({"district", "street", "community"})
"""What a pin is certain to lie in; the house it stands before may be another's."""
_BEFORE = re.compile(
    r"(?:^|[\s,，。.;；:：、!！])(?:我们?|家|就|是|住|在|到|位于|应该|大概|那个|这个)*+(?P<name>[\u3400-\u9fff]{2,8})(?:的|那个|那边的)?$"
)
"""A name that nobody told us about, right before a place: 麻石岭 in 麻石岭老电厂宿舍."""
_BEHIND = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9-]{1,10}(?:[楼栋幢室号层院区元口]|旁边?|对面|附近|边上|[前后]面|楼[上下]|里面?)(?=$|[\s,，。.;；、!！])"
)
"""A part of a place, right behind it: 家属楼3单元."""
_NO_NAME = re.compile(r"[了吗呢吧不没有要去来说看问打]|时候|刚才|事情|发生|地址|地点|位置")


def where_json(told: Where) -> dict[str, Any]:
    """The contract's ``where``, with misheard names put right and the state's code among the pieces."""
    code = {"code": told.code} if told.code else {}
    return {"text": told.mended or told.text, "lat": None, "lon": None, "pieces": {**told.pieces, **code}}


def whole(told: Where, answer: str) -> dict[str, Any]:
    """The place as it was told when we asked for it: with the name before it and the house behind it that no list holds."""
    value, at = where_json(told), answer.find(told.text)
    if at < 0:
        return value
    before, behind = _BEFORE.search(answer[:at]), _BEHIND.match(answer, at + len(told.text))
    name = before["name"] if before and not _NO_NAME.search(before["name"]) else ""
    return {**value, "text": f"{name}{value['text']}{behind[0] if behind else ''}"}


def pinned(known: dict[str, Any] | None, pin: Location, institution: Institution) -> dict[str, Any]:
    """The place in words, with the pin's coordinates as they were sent; a pin never loses what was said.

    A pin without words is told by the name of the gazetteer's nearest place, where there is one.
    """
    places = gazetteer.of(institution)
    place = places.nearest(pin.lat, pin.lon)
    said = known["text"] if known else ""
    if known and known["lat"] is not None and said == _alone(places.nearest(known["lat"], known["lon"]), known):
        known, said = None, ""  # the pin before this one, not words
    label = pin.label if pin.label not in said else ""
    here = {"lat": pin.lat, "lon": pin.lon}
    areas = {kind: name for kind, name in place.pieces.items() if kind in AREAS} if place else {}
    text = f"{label} {said}".strip() or _alone(place, here)
    return {"text": text, **here, "pieces": {**areas, **known["pieces"]} if known else areas}


def reread(value: dict[str, Any], institution: Institution) -> dict[str, Any]:
    """A corrected place, its pieces read again from its words: with the house may change the street it lies in."""
    found = where.find(value["text"], gazetteer.of(institution), city=institution.city)
    if not found:
        return {**value, "pieces": {kind: piece for kind, piece in value["pieces"].items() if piece in value["text"]}}
    return {**value, "pieces": where_json(found[0][0])["pieces"]}


def _alone(place: Place | None, pin: dict[str, Any]) -> str:
    """What a pin says without any words."""
    return f"{place.whole}附近" if place else f"{pin['lat']:.5f}, {pin['lon']:.5f}"
