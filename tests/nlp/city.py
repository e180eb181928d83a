"""An invented institution, small enough to see why a text falls where it falls."""

from __future__ import annotations

from typing import Any

from institutions.model import Institution


def institution(**changes: Any) -> Institution:
    """A city with noise, water and food, and a desk for what fits none."""
    told: dict[str, Any] = {
        "id": "town",
        "code": "TW",
        "name": "小城热线",
        "name_en": "Town hotline",
        "accepts": "什么都可以说。",
        "accepts_en": "Anything.",
        "departments": [
            {"id": "desk", "name": "服务台"},
            {"id": "guards", "name": "城管队"},
            {"id": "water", "name": "水务局"},
            {"id": "plumbers", "name": "抢修队"},
            {"id": "market", "name": "市场局"},
        ],
        "categories": [
            {
                "id": "noise",
                "name": "噪声扰民",
                "department": "guards",
                "words": "噪音:3 广场舞:3 太吵:3 音响:2 -音响店:2",
            },
            {
                "id": "supply",
                "name": "供水",
                "department": "water",
                "words": "自来水:2 水费:2",
                "matters": [
                    {"id": "outage", "name": "停水", "department": "plumbers", "words": "停水:3 没水:3 爆管:3"},
                    {"id": "quality", "name": "水质", "words": "水质:3 水黄:3 发黄:2"},
                ],
            },
            {"id": "food", "name": "食品卫生", "department": "market", "words": "卫生:2 食品:2 变质:3 过期:3"},
        ],
        "default_department": "desk",
        "clocks": {"answer": {"label": "答复", "stops": ["answered"], "length": "7d"}},
    }
    return Institution(**(told | changes))


TOWN = institution()
