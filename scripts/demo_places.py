"""Writes ``institutions/places/demo_city.csv``: the places of Yunxi (云溪市), which does not exist.

Every name is put together from the lists below, the same at every run. What
``backend/demo/town.toml`` tells of the town stands in it too. It lies in a
desert without people, so that no real pin falls on it.
"""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).resolve().parent.parent / "institutions" / "places" / "demo_city.csv"
SOUTH, WEST = 38.80, 82.90
"""The corner where the city begins; degrees, WGS 84."""

DISTRICTS = {
    "云东区": "城东区", "云西区": "城西区", "望溪区": "", "南塘区": "南塘县", "松岭区": "松岭县", "青石区": "青石县",
    "临港新区": "港区|新港区", "柳湾县": "",
}  # fmt: skip
TOWNS = ("青石镇", "大塘镇", "松岭乡", "向阳街道", "东湖街道", "滨河街道", "南塘街道", "新港街道")
"""Streets and towns that the demo tells of: in 青石区, 南塘区, 松岭区, 云东区, 望溪区, 云西区, 南塘区, 临港新区."""
HOMES = (5, 3, 4, 0, 2, 1, 3, 6)
COMPOUNDS = (
    "幸福里", "滨河花园", "翠湖苑", "和顺家园", "金桂园", "东湖名邸", "锦绣里", "向阳新村", "安康苑", "紫藤园", "青禾家园", "春晓园",
    "枫林雅苑", "长乐坊", "望溪台", "梧桐里", "丰泽苑", "学府春天",
)  # fmt: skip
OLD_NAMES = {
    "幸福里": "棉纺厂宿舍",
    "翠湖苑": "翠湖小区",
    "向阳新村": "机械厂家属院",
    "长乐坊": "长乐巷宿舍",
    "丰泽苑": "粮库大院",
}
ROADS = (
    "滨河路", "东湖路", "人民路", "文昌街", "向阳路", "学府路", "建业路", "和平巷", "青年路", "桂花街", "朝阳路", "云溪大道",
    "环湖东路", "南塘街", "车站路", "新港路",
)  # fmt: skip
POIS = (
    "东湖公园", "滨江公园", "云溪湿地公园", "滨河小学", "东湖实验小学", "云溪市第三中学", "小太阳幼儿园", "云溪市第二医院", "云溪市妇幼保健院",
    "向阳菜市场", "东湖农贸市场", "云溪百货大楼", "滨河生活广场", "云溪汽车站", "云溪火车站", "云溪市图书馆",
)  # fmt: skip
SHORT = {
    "云溪市第三中学": "云溪三中",
    "云溪市第二医院": "云溪二院|第二医院",
    "云溪百货大楼": "云溪百货",
    "云溪市图书馆": "云溪图书馆",
}

STREET_STEMS = "石桥 柳堤 双塘 沙洲 凤坪 竹溪 龙泉湾 枣林 梅岭 荷塘 鹿鸣 白鹭 金滩 云台 望江台 古渡 盐仓 马坊 陶窑 丹崖 碧岩 槐荫 莲池 银杉 芦荡 锦屏 麦岗 桑园 雁滩 樟岭 红枫 清漪 玉带 南屏 茶亭 渔湾 牧野 兰圃 磨盘 瓦窑 钟楼台 北坡 上河 杏坪 苇湖 栗峪 铁铺 泉山 稻香 平畴 青岗 落霞 会仙".split()
HOME_FIRST = "澄 翡 璟 琉 岚 沁 棠 枕 蕴 漱 觅 栖 颐 绮 溯 听".split()
HOME_SECOND = "波 溪 岸 庐 秋 霁 云 泉 月 林 洲 霞".split()
HOME_ENDINGS = "花园 苑 家园 府 小区 雅苑 新村 公寓 社区".split()
ROAD_FIRST = "澄 岚 沁 棠 漱 栖 溯 翠 丹 碧 樟 槿 苇 雁 鹭 隐".split()
ROAD_SECOND = "波 石 岭 渡 泉 桥 竹 坪".split()
ROAD_ENDINGS = "路 街 巷 大道".split()


def main() -> None:
    """Write the file and say how many there are."""
    rows = list(_rows())
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("kind", "name", "aliases", "parent", "lat", "lon"))
        out.writerows(rows)
    print(f"{len(rows)} places, {TARGET.stat().st_size} bytes")


def _rows() -> Iterator[tuple[str, str, str, str, str, str]]:
    districts, streets = list(DISTRICTS), _streets()
    for index, (name, aliases) in enumerate(DISTRICTS.items()):
        yield "district", name, aliases, "", *_at(index, 0, 0)
    for index, (name, home) in enumerate(streets):
        yield "street", name, _street_alias(name), districts[home], *_at(home, index + 1, 0)
    for index, name in enumerate(_homes()):
        street, home = streets[index % len(streets)]
        yield (
            "community",
            name,
            _home_alias(name),
            street,
            *_at(home, index % len(streets) + 1, index // len(streets) + 1),
        )
    for index, name in enumerate(_roads()):
        through = index < len(ROADS)  # a long road lies in no one district
        home = index % len(districts)
        yield "road", name, "", "" if through else districts[home], *_at(home, index % 60 + 1, index // 60 + 9)
    for index, name in enumerate(POIS):
        street, home = streets[index % len(TOWNS)]
        yield "poi", name, SHORT.get(name, ""), street, *_at(home, index % len(TOWNS) + 1, index + 20)


def _at(home: int, street: int, number: int) -> tuple[str, str]:
    """Somewhere of its own: districts 12 km apart, streets 1.5 km, what lies in them 150 m and more."""
    lat = SOUTH + (home // 4) * 0.12 + (street % 8) * 0.0135 + (number % 6) * 0.0016
    lon = WEST + (home % 4) * 0.14 + (street // 8) * 0.0170 + (number // 6) * 0.0019
    return f"{lat:.5f}", f"{lon:.5f}"


def _streets() -> list[tuple[str, int]]:
    """Name and district of each: the told ones, then seven for each district in turn."""
    endings = ("街道", "街道", "街道", "镇", "镇", "镇", "街道", "乡")
    made = [(stem + endings[index % 8], index % 8) for index, stem in enumerate(STREET_STEMS)]
    return [*zip(TOWNS, HOMES, strict=True), *made]


def _street_alias(name: str) -> str:
    return f"{name}办事处|{name[:-2]}街办" if name.endswith("街道") else f"{name}人民政府"


def _homes() -> list[str]:
    pairs = [first + second for second, first in product(HOME_SECOND, HOME_FIRST)]
    made = [stem + HOME_ENDINGS[index % len(HOME_ENDINGS)] for index, stem in enumerate(pairs)]
    stems = [stem for stem in STREET_STEMS if len(stem) == 2]
    return [*COMPOUNDS, *made, *(f"{stem}社区" for stem in stems), *(f"{stem}家园" for stem in stems)]


def _home_alias(name: str) -> str:
    own = OLD_NAMES.get(name, "")
    return f"{own}|{name}居委会".strip("|") if name.endswith("社区") else own


def _roads() -> list[str]:
    pairs = [first + second for second, first in product(ROAD_SECOND, ROAD_FIRST)]
    made = [stem + ROAD_ENDINGS[index % 3] for index, stem in enumerate(pairs)]
    sides = [f"{stem}{side}路" for stem, side in product(pairs[:70], "东西南北")]
    return [*ROADS, *made, *sides]


if __name__ == "__main__":
    main()
