"""Five letters to a city of our invention, and what their writers answer when asked."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image, ImageDraw


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody writes; ``knows`` is what they answer by slot, and nothing else."""

    subject: str
    detail: str
    knows: dict[str, str] = field(default_factory=dict)


GRILL = Letter(
    "楼下烧烤店深夜放音响",
    "昨晚十一点多，幸福里3栋楼下的烧烤店又把音响搬到路边放，一直吵到凌晨一点，孩子没法睡，已经连着一个礼拜了。希望能管一管。",
    {"who": "李女士", "contact": "13800138000"},
)
LAMPS = Letter(
    "滨河东路路灯不亮",
    "滨河东路从三号桥到菜场这一段，路灯上周五起全部不亮，晚上接孩子放学只能摸黑走，希望尽快修好。",
)
WAGES = Letter(
    "工地拖欠工资",
    "我在城南新区一个工地做木工，九月和十月的工资到现在没有发，包工头说甲方没有给钱，一共一万二千元，请帮忙要回来。",
    {"when": "上个月底", "where": "城南新区五号工地", "who": "张师傅", "contact": "19900001234"},
)
BUS = Letter(
    "公交车到站不停",
    "今天早上七点四十左右，21路公交车在文化宫站没有停就开走了，站台上有十来个人，大家都迟到了。",
)
WATER = Letter(
    "小区停水没有通知",
    "春晖花园二期从昨天下午三点停水到现在，没有看到任何通知，物业电话也打不通，家里有老人，做饭都成问题。",
    {"who": "周先生", "contact": "19900005678"},
)
FIVE = (GRILL, LAMPS, WAGES, BUS, WATER)


def photo() -> bytes:
    """A small picture as a phone would send it: a grill by night."""
    picture = Image.new("RGB", (960, 720), (24, 28, 46))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 960, 720), fill=(52, 50, 54))
    draw.rectangle((120, 260, 620, 540), fill=(122, 46, 32))
    draw.rectangle((150, 300, 590, 420), fill=(250, 204, 120))
    draw.rectangle((700, 360, 860, 560), fill=(30, 30, 34))
    draw.ellipse((740, 380, 820, 460), fill=(96, 96, 104))
    draw.ellipse((730, 470, 830, 550), fill=(96, 96, 104))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()
