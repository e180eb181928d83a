"""What one citizen says of one matter: a story with its places, times and little ways of talking drawn by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from backend.demo.town import Story, Town

LEFT_OUT = 0.15  # the share of stories that tell no place, or no time, until they are asked
GREETS = 0.25  # the share of citizens who begin with a greeting alone
TELLS_MORE = 0.75
AFTERNOON, EVENING = 15, 20  # hours


@dataclass(frozen=True, slots=True)
class Telling:
    """All the words that the citizen has ready, and what fills the placeholders of the officers' words."""

    story: Story
    greeting: str  # a first message that tells nothing, or none
    text: str
    when: str
    place: str
    building: str
    unit: str
    room: str
    wish: str
    fill: dict[str, str]


def tell(story: Story, town: Town, rng: Random, *, at: datetime) -> Telling:
    """Draw one telling; *at* is the local time at which it is told."""
    building, unit, room = (
        f"{rng.randint(1, 12)}栋",
        f"{rng.randint(1, 4)}单元",
        f"{rng.randint(2, 28)}0{rng.randint(1, 4)}",
    )
    place = _place(story, town, rng, building)
    when = _when(story, town, rng, at)
    fill = {
        "when": when,
        "place": place,
        "spot": "" if story.at == "fixed" else place,  # where the matter does not name it
        "shop": rng.choice(town.shops),
        "firm": rng.choice(town.firms),
        "bus": rng.choice(town.buses),
        "days": rng.choice(["三天", "四五天", "一个多礼拜", "快半个月", "一个月", "俩月"]),
        "n": str(rng.randint(2, 9)),
        "money": str(rng.choice([180, 260, 580, 980, 1280, 1999, 2680, 3600, 5200, 8000])),
    }
    return Telling(
        story=story,
        greeting=rng.choice(town.greetings) if story.language == "zh" and rng.random() < GREETS else "",
        text=_words(story, town, rng, fill),
        when=when,
        place=place,
        building=building,
        unit=unit,
        room=room,
        wish=story.wish.format_map(fill),
        fill=fill | {"matter": story.matter.format_map(fill)},
    )


def _words(story: Story, town: Town, rng: Random, fill: dict[str, str]) -> str:
    english = story.language == "en"
    here, some_day = ("my street", "again and again") if english else ("我们这边", "")
    shown = dict(fill)
    if rng.random() < LEFT_OUT:
        shown["place"] = here
    if rng.random() < LEFT_OUT:
        shown["when"] = some_day
    core = rng.choice(story.say).format_map(shown)
    more = rng.choice(story.more).format_map(shown) if rng.random() < TELLS_MORE else ""
    joint = ". " if english else rng.choice(town.joints)
    opener = rng.choice(town.english_openers if english else town.openers)
    closer = rng.choice(town.english_closers if english else town.closers)
    if story.calm and closer in {"！！！", "……", "。没人管吗"}:
        closer = ""
    return opener + (f"{core}{joint}{more}" if more else core) + closer


def _when(story: Story, town: Town, rng: Random, at: datetime) -> str:
    said = list(town.times[story.when])
    if story.when == "day" and at.hour >= AFTERNOON:
        said += ["今天上午", "今天中午", "今早七点多"]
    if story.when == "day" and at.hour >= EVENING:
        said += ["今天下午四点", "刚才"]
    return rng.choice(said)


def _place(story: Story, town: Town, rng: Random, building: str) -> str:
    compound, road = rng.choice(town.compounds), rng.choice(town.roads)
    match story.at:
        case "fixed":
            return rng.choice(story.places)
        case "owner" | "home":
            return f"{compound}{building}"
        case "compound":
            return compound
        case "road":
            other = rng.choice([each for each in town.roads if each != road])
            return rng.choice([f"{road}{rng.randint(2, 218)}号", f"{road}与{other}交叉口", f"{road}{compound}门口"])
        case "station":
            return f"{road}{rng.choice(['站', '公交站', '东站', '口站'])}"
        case "school":
            return rng.choice([*town.schools, *town.nurseries])
    return str(rng.choice(getattr(town, f"{story.at}s")))
