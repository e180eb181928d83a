"""Two tellings of one place, made one: "幸福里" and "3栋" are 幸福里3栋, whichever was said first.

A vague place ("小区门口") gives way to a named one. Places that contradict each
other, or that nothing connects, are not made one: the first stays.
"""

from __future__ import annotations

import re
from typing import Any

AREAS = frozenset({"province", "city", "county", "district", "street", "community"})
"""What a place lies in."""
SPOTS = frozenset({"village", "road", "compound", "poi", "school"})
"""What a place is called."""
INSIDE = ("number", "building", "unit", "floor", "room")
"""Where in it, from the outside inwards."""
_NAMELESS = re.compile(
    r"[本我们这那个该同一]*(?:小区|社区|居民区|村子?|街道?|马路|道路|路边?|大?院|楼|大厦|学校|医院|工地|公园|商场|超市|市场)"
)

Place = dict[str, Any]


def nameless(piece: str) -> bool:
    """Whether this says what kind of place it is, and not which."""
    return bool(_NAMELESS.fullmatch(piece))


def named(pieces: dict[str, str]) -> dict[str, str]:
    """The pieces that tell one place from another; the state's code tells nothing besides."""
    return {kind: piece for kind, piece in pieces.items() if kind != "code" and not nameless(piece)}


def vague(pieces: dict[str, str]) -> bool:
    """Whether there are pieces, and none of them says which place it is."""
    return bool(pieces) and not named(pieces)


def together(known: Place, told: Place) -> Place | None:
    """Both as one place, with the coordinates of *known*; None where they are two, or *told* adds nothing."""
    old, new = _said(known), _said(told)
    if house := _same_house(old, new):
        number = old["number"]
        return {
            **known,
            "text": known["text"].replace(number, house, 1),
            "pieces": {**known["pieces"], "building": house},
        }
    if not new or any(old[kind] != new[kind] for kind in old.keys() & new.keys()):
        return None
    if known["lat"] is not None and old.keys() <= AREAS:
        return _at_pin(known, told)
    if vague(known["pieces"]):
        return {**known, "text": told["text"], "pieces": told["pieces"]}
    if not new.keys() - old.keys() or not _connected(old, new):
        return None
    first, then = (known, told) if _outside(old) <= _outside(new) else (told, known)
    pieces = {kind: piece for place in (first, then) for kind, piece in place["pieces"].items() if not nameless(piece)}
    return {**known, "text": _text(first, then), "pieces": pieces}


def _same_house(old: dict[str, str], new: dict[str, str]) -> str:
    """The house's number said again with a word more, as that: who is at 幸福路8号 means it by 8号楼; "" where it is not."""
    number, house = old.get("number", ""), new.get("building", "")
    again = number and house.startswith(number) and "building" not in old and not new.keys() & SPOTS
    return house if again else ""


def _said(place: Place) -> dict[str, str]:
    """The named pieces, without the areas that only a map told: the pin may have been sent from elsewhere."""
    text = place["text"]
    return {kind: piece for kind, piece in named(place["pieces"]).items() if kind not in AREAS or piece in text}


def _at_pin(known: Place, told: Place) -> Place:
    """Words for a pin: they are the place, the name that was sent with the pin comes before them."""
    label = "" if known["text"].endswith("附近") or re.match(r"-?\d", known["text"]) else known["text"]
    text = told["text"] if label in told["text"] else f"{label} {told['text']}"
    return {**known, "text": text, "pieces": {**known["pieces"], **told["pieces"]}}


def _connected(old: dict[str, str], new: dict[str, str]) -> bool:
    """Whether one only makes the other more exact: the same street or estate, or an area, or a house without a street."""
    if old.keys() & new.keys() & SPOTS:
        return True
    narrow = frozenset(INSIDE) - {"number"}
    if not old:
        return False
    if old.keys() <= AREAS or new.keys() <= AREAS:
        return True
    return old.keys() <= narrow or new.keys() <= narrow


def _outside(pieces: dict[str, str]) -> int:
    """The rank of what is outermost in a place, of what it says beyond areas."""
    order = (*sorted(AREAS), *sorted(SPOTS), *INSIDE)
    said = [kind for kind in pieces if kind not in AREAS] or list(pieces)
    return min((order.index(kind) for kind in said if kind in order), default=len(order))


def _text(first: Place, then: Place) -> str:
    one, other = str(first["text"]), str(then["text"])
    if one in other or other in one:
        return max(one, other, key=len)
    said = set(first["pieces"].values())
    inside = other
    for piece in sorted((piece for piece in then["pieces"].values() if piece in said or nameless(piece)), key=len):
        inside = inside.replace(piece, "", 1)
    return f"{one}{inside}"
