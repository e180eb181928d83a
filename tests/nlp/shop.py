"""A small institution of three categories, and citizens whose cases tell what its words do not know."""

from __future__ import annotations

from institutions.model import Institution
from nlp.category.learning import Example

CLOCKS = {"answer": {"label": "答复", "stops": ("answered",), "length": "7d"}}

SHOP = Institution.model_validate(
    {
        "id": "shop",
        "code": "SH",
        "name": "小店",
        "name_en": "Shop",
        "accepts": "什么都可以说",
        "accepts_en": "Anything",
        "default_department": "front",
        "departments": [{"id": "front", "name": "前台"}],
        "clocks": CLOCKS,
        "categories": [
            {"id": "noise", "name": "噪声", "department": "front", "words": "噪音:2 吵:2 音响:1 广播:1"},
            {"id": "lift", "name": "电梯", "department": "front", "words": "电梯:2 困人:2 维保:1"},
            {"id": "smoke", "name": "烟尘", "department": "front", "words": "烟尘:2 灰尘:2 冒烟:1"},
        ],
    }
)

NOISE = ("半夜广播太吵，睡不着", "楼下音响噪音大", "噪音吵得头疼", "早上广播噪音扰人")
LIFT = ("电梯又坏了", "电梯困人，没人维保", "电梯门关不上", "电梯维保不及时")
SMOKE = ("窗台全是灰尘", "烟尘很大，不敢开窗", "烟囱冒烟，灰尘落满阳台", "灰尘烟尘天天有")
KITCHEN = ("油烟从广播室飘进厨房", "油烟呛人，广播也不停", "排油烟的口对着广播站", "油烟味飘到广播台这里")
"""What the shipped words take for noise, and handlers correct to smoke."""


def example(place: int, text: str, category: str, *, corrected: bool = False, person: str = "") -> Example:
    """One case; each of another citizen unless one is named."""
    return Example(f"case {place}", person or f"citizen {place}", text, category, corrected=corrected)


def confirmed(each: int = 12) -> list[Example]:
    """Cases whose proposals were right."""
    told = [(text, key) for key, texts in (("noise", NOISE), ("lift", LIFT), ("smoke", SMOKE)) for text in texts]
    return [example(place, *told[place % len(told)]) for place in range(each * 3)]


def corrected(count: int = 8, *, first: int = 1000) -> list[Example]:
    """Cases of kitchen smoke that were proposed as noise."""
    return [example(first + place, KITCHEN[place % len(KITCHEN)], "smoke", corrected=True) for place in range(count)]
