"""The dialog that every contestant holds: six questions, seven messages of a citizen.

The words are what a citizen says to Jiesu, whose questions depend on what it
understood; the others ask the same six in this order, whatever was said. Each
citizen tells of a matter at a place of their own, as in a real city: a thousand
complaints about one lamp would be a thousand likenesses to compare.
"""

from __future__ import annotations

HELLO = "我要投诉"
HEARD = (HELLO, "同意", "{road}{house}号{matter}，希望尽快处理", "三天前", "没有", "匿名", "提交")
TURNS = len(HEARD)
QUESTIONS = (
    "您好，这里是市民服务热线。您说的内容只用来办理这件事。您同意我们这样登记和办理吗？",
    "请说说您遇到的事：什么事、什么时候、在哪里。",
    "事情是什么时候发生的？",
    "有照片、视频或录音吗？直接发来，或点“没有”。",
    "请问怎么称呼您？",
    "请核对：\n同意：{}\n事情：{}\n时间：{}\n证据：{}\n姓名：{}",
)
FILED = "已登记，编号 {}。"
KEYS = ("consent", "what", "when", "evidence", "name")

FIRST, SECOND = "永建光人和文新长青春江海星明金银玉", "安康泰兴隆盛达宁福乐华丰顺源庆祥"
MATTERS = (
    "的路灯坏了",
    "的井盖破了一半",
    "的垃圾桶满了没人清",
    "的路面有个大坑",
    "的行道树倒了挡住路",
    "的下水道堵了污水外溢",
    "的共享单车乱堆占了盲道",
    "的烧烤摊油烟很大",
    "的公交站牌歪了",
    "的红绿灯不亮",
    "有人占道摆摊",
    "的公厕没有人打扫",
    "的自来水发黄",
    "的饭店卖过期食品",
    "的健身器材断了",
    "的停车场乱收费",
)


def said(citizen: int, turn: int) -> str:
    """That citizen's words in that turn."""
    first, rest = divmod(citizen, len(FIRST))
    second = rest % len(SECOND)
    road = f"{FIRST[first % len(FIRST)]}{SECOND[(second + first // len(FIRST)) % len(SECOND)]}路"
    return HEARD[turn].format(road=road, house=citizen % 997 + 1, matter=MATTERS[citizen % len(MATTERS)])
