"""What people do with their phones: the page's words become actions of the fakes' people."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from backend.demo import drawings
from tests.fakes.wechat_people import VOICE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes import telegram_people, wechat_people

    Given = dict[str, Any]
    ByWechat = Callable[[wechat_people.Person, Given], Awaitable[Any]]
    ByTelegram = Callable[[telegram_people.Person, Given], Any]

CAPTION = 1024  # characters that a caption may have
SAMPLES = ("pothole", "rubbish", "lamp")
"""What the photos show that lie in every phone."""
SPOTS = ((38.93670, 83.04570, "东湖公园"), (38.83180, 83.32570, "滨江公园"), (38.96690, 82.90570, "云溪湿地公园"))
"""Places of the example city."""


class Unfit(Exception):
    """The page asked for something that no phone does."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with a phone. ``id``: an openid, or a number."""

    id: str
    name: str
    english: str
    language: str = "zh-hans"


WECHAT = {
    "chen": Owner("oDemo-0000000000000000000001", "陈女士", "Ms Chen"),
    "lin": Owner("oDemo-0000000000000000000002", "林先生", "Mr Lin"),
}
TELEGRAM = {
    "ming": Owner("900000001", "阿明", "Ming"),
    "anna": Owner("900000002", "安娜", "Anna", "en"),
}


def photo(given: Given) -> bytes:
    """The one that was chosen, or one of the samples. Raises: Unfit."""
    return photos(given)[0]


def photos(given: Given) -> list[bytes]:
    """Raises: Unfit: no picture, or no base64."""
    try:
        chosen = [base64.b64decode(one, validate=True) for one in given.get("files", ())]
    except (binascii.Error, TypeError, ValueError) as error:
        raise Unfit("a file is not in base64") from error
    drawn = [sample(int(n)) for n in given.get("samples", ())]
    if not (chosen or drawn):
        raise Unfit("no picture")
    return [*chosen, *drawn]


def sample(number: int) -> bytes:
    """A photo that lies in every phone: a drawing, the same each time."""
    return drawings.draw(SAMPLES[number % len(SAMPLES)], Random(number))  # noqa: S311 - a drawing is no secret


def spot(given: Given) -> tuple[float, float, str]:
    """A place of the city."""
    return SPOTS[int(given.get("spot", 0)) % len(SPOTS)]


async def _locate(who: wechat_people.Person, given: Given) -> Any:
    lat, lon, label = spot(given)
    return await who.location(lat, lon, label)


async def _block(who: wechat_people.Person, given: Given) -> None:
    who.block(blocked=bool(given["on"]))


async def _photos(who: wechat_people.Person, given: Given) -> None:
    """WeChat has no albums: one push for each."""
    for one in photos(given):
        await who.image(one)


BY_WECHAT: dict[str, ByWechat] = {
    "say": lambda who, given: who.say(str(given["text"])),
    "tap": lambda who, given: who.menu_tap(str(given["id"])),
    "photos": _photos,
    "voice": lambda who, given: who.voice(VOICE, recognition=str(given.get("text", ""))),
    "location": _locate,
    "click": lambda who, given: who.click(str(given["key"])),
    "scan": lambda who, given: who.scan(scene=str(given["code"])),
    "follow": lambda who, _: who.follow(),
    "unfollow": lambda who, _: who.unfollow(),
    "block": _block,
}


def _album(who: telegram_people.Person, given: Given) -> None:
    several, caption = photos(given), str(given.get("text", ""))[:CAPTION]
    if len(several) == 1:
        who.photo(several[0], caption=caption)
    else:
        who.album(several, caption=caption)


def _located(who: telegram_people.Person, given: Given) -> None:
    lat, lon, _ = spot(given)
    who.location(lat, lon)


BY_TELEGRAM: dict[str, ByTelegram] = {
    "say": lambda who, given: who.say(str(given["text"])),
    "start": lambda who, given: who.start(str(given.get("code", ""))),
    "press": lambda who, given: who.press(str(given["button"]), message_id=given.get("message")),
    "photos": _album,
    "voice": lambda who, _: who.voice(),
    "location": _located,
    "contact": lambda who, _: who.contact(),
    "edit": lambda who, given: who.edit(int(given["message"]), str(given["text"])),
    "block": lambda who, given: who.block() if given["on"] else who.unblock(),
}
