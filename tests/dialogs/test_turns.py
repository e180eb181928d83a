"""How many turns a case takes: one beyond the facts that were not given yet, and the confirmation.

A scripted citizen tells the facts that the institution asks for in one, two or
many messages, answers what is asked with what is asked for, and submits. What
each message of theirs is spent on is counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dialogs.conversation import Stage
from dialogs.effects import FileCase
from dialogs.slots import SLOTS
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

INSTITUTIONS = load_all()
BEYOND, CONFIRMED = 1, 1
"""The one turn is the consent, which is asked once."""
ANSWERS = {
    "what": "小区门口的路灯坏了半个月，一直没人修",
    "when": "昨天晚上八点",
    "where": "幸福里3栋",
    "who": "李芳",
    "contact": "13800138000",
    "request": "希望尽快处理",
}


@dataclass
class Teller:
    """Somebody who knows all facts and says each once."""

    citizen: Citizen
    turns: int = 0
    told: set[str] = field(default_factory=set)
    asked_again: list[str] = field(default_factory=list)

    def says(self, text: str) -> None:
        """One message."""
        self.citizen.says(text)
        self.turns += 1

    def goes_on(self) -> None:
        """Answer whatever is asked until the case is filed; 25 turns at most."""
        seen: list[str] = []
        while not self.citizen.did(FileCase) and self.turns < 25:
            now = self.citizen.now
            if now.stage is Stage.ASKING:
                self.asked_again += [now.asking] if now.asking in seen or now.asking in self.told else []
                seen.append(now.asking)
                self.says(answer(now.asking))
            elif now.stage is Stage.CONFIRMING:
                self.says("提交")
            else:
                self.says(
                    {Stage.CONSENT: "同意", Stage.ELSEWHERE: "仍要登记", Stage.SPLITTING: "合成一件"}.get(
                        now.stage, "不是"
                    )
                )


def answer(slot: str) -> str:
    """The fact, as it is told when it is asked for."""
    return "没有" if slot == "evidence" else ANSWERS.get(slot) or SLOTS[slot].example


STORIES = {
    "agriculture": "买的水稻种子是假的，发不出芽",
    "airline": "航班延误了六个小时，没人安排住宿",
    "bank": "银行卡莫名其妙被扣了年费，柜台不退",
    "bus_reward": "公交司机闯红灯",
    "bus_station": "班车半路甩客，把我们倒给别的车",
    "culture": "演唱会门票退不了款",
    "discipline": "村干部侵占集体的补偿款",
    "education": "老师体罚学生，让孩子站了一上午",
    "social_security": "单位一直不给缴社保",
    "toll_etc": "ETC重复扣费，打了几次电话都不退",
    "tourism": "导游强迫购物，不买不让上车",
    "whistleblow": "领导收供应商的回扣",
}
"""What happens where the institution itself gives no example."""


def story(institution: str) -> str:
    """Something that happens there."""
    examples = INSTITUTIONS[institution].examples
    return examples[0][0] if examples else STORIES.get(institution, ANSWERS["what"])


@pytest.mark.parametrize("messages", [1, 2, 9])
@pytest.mark.parametrize("institution", sorted(INSTITUTIONS))
def test_nothing_is_asked_twice_and_one_turn_is_enough_beyond_what_is_missing(institution, messages):
    house = INSTITUTIONS[institution]
    teller = Teller(Citizen(house))
    facts = {
        "what": story(institution),
        **{key: ANSWERS[key] for key in ("when", "where")},
        "who": "我叫李芳",
        "contact": ANSWERS["contact"],
    }
    texts = list(facts.values())
    size = -(-len(texts) // messages)
    for start in range(0, len(texts), size):
        teller.says("，".join(texts[start : start + size]))
    given = teller.turns
    teller.told = set(facts)
    teller.goes_on()

    wanted = {*house.required, *house.optional} - set(facts)
    beyond = teller.turns - given - len(wanted)
    assert teller.citizen.did(FileCase), teller.citizen.now.stage
    assert teller.asked_again == []
    assert beyond <= BEYOND + CONFIRMED, (beyond, wanted)
