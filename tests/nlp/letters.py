"""Invented letters in three labels, enough to train on and quick to learn."""

from __future__ import annotations

from itertools import product

from nlp.training.train import Letter

WHERE = ("东城小区", "幸福里", "人民路口", "滨河花园", "科技园")
TOLD = {
    "供水": ("停水两天了", "水管爆了没人修", "自来水发黄有异味", "水压太低用不上水", "水表读数不对多收水费"),
    "噪声": ("半夜施工吵得睡不着", "楼下音响太吵", "广场舞噪音扰民", "工地打桩声音很大", "酒吧唱歌到凌晨"),
    "公交": ("公交车等了一个小时", "司机到站不停车", "末班车提前收车", "公交改线没有通知", "刷卡机坏了多扣车费"),
}

LETTERS = [
    Letter(f"{where}{first}", f"{where}的居民反映，{first}，另外{second}，请尽快处理。", label)
    for label, told in TOLD.items()
    for where, first, second in product(WHERE, told, told)
    if first != second
][::3]


def silent(doing: str, share: float) -> None:
    """Whom progress is told who does not care."""
