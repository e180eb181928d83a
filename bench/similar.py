"""The likest cases to a new one, asked of small and of large collections; and hot topics of one of them.

    python bench/similar.py [--sizes 1000 10000] [--asked 200]

The cases are invented: a matter of eight, told in one of three ways, at one of
many estates. What counts is how the time of one question grows with the size.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from nlp.topics.hot import Message, topics
from nlp.topics.similar import Account, Similar

START = datetime(2026, 1, 1, tzinfo=UTC)
FIRST, SECOND = "松柳银枫青白长东南西北云月春秋金玉石竹梅", "涛河杏林山塔桥湖浦津辰溪亭华实沙泉桂影岭"
ENDS = ("花园", "小区", "家园", "公寓", "新城")
MATTERS = (
    ("楼下烧烤店油烟直排,晚上开不了窗", "夜里烧烤摊油烟熏人", "餐馆没有烟道,油烟全排到楼上"),
    ("旁边工地半夜打桩,吵得睡不着", "夜间施工噪音扰民", "工地凌晨还在浇混凝土,机器轰鸣"),
    ("电梯坏了一个星期没人修", "电梯老是停在半层,物业不修", "两部电梯坏了一部,老人下不了楼"),
    ("昨天起停水,没有通知", "水压太低,三楼以上没有水", "自来水发黄,有一股怪味"),
    ("路灯不亮,晚上很黑", "门口的路灯坏了半个月", "整条路的灯都灭了,孩子放学害怕"),
    ("垃圾三天没有人清运", "垃圾桶满了,臭气熏天", "垃圾站的污水流到路上"),
    ("消防通道被私家车占用", "车乱停,堵住了单元门", "停车费涨了一倍,没有公示"),
    ("流浪狗追咬孩子", "有人养了七八只大狗不拴绳", "楼上的狗整夜叫"),
)


def invented(size: int) -> list[Account]:
    """So many cases, the same each time."""
    chance = Random(size)
    return [
        Account(
            id=f"{number:07}",
            text=f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(ENDS)}{chance.choice(chance.choice(MATTERS))}",
            at=START + timedelta(minutes=20 * number),
        )
        for number in range(size)
    ]


def main() -> None:
    """Print a line a size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    arguments.add_argument("--asked", type=int, default=200)
    given = arguments.parse_args()
    print("| cases | built in s | one question, ms |\n|---:|---:|---:|")
    for size in given.sizes:
        cases = invented(size)
        began = perf_counter()
        known = Similar(cases)
        built = perf_counter()
        for case in Random(7).choices(cases, k=given.asked):
            known.like(case)
        print(f"| {size} | {built - began:.1f} | {(perf_counter() - built) / given.asked * 1000:.2f} |", flush=True)
    cases = invented(given.sizes[0])
    began = perf_counter()
    found = topics(Message(case.id, case.at or START, case.text) for case in cases)
    print(f"\nhot topics of {len(cases)}: {len(found)} in {perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
