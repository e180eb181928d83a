"""Invented cases with whole histories, the same each time: as rows, in the order in which things happened.

Two thousand cases a day; nearly all are closed within ten days, so that those
of the last days are open, as in a city. A history has about ten events.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from backend.domain import numbers
from backend.domain.audit import digest, event_hash
from backend.services.cases.finding import PLACE
from nlp import indexing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from institutions.model import Institution

END = datetime(2026, 11, 22, tzinfo=UTC)
A_DAY = 2000
CHUNK = 20_000
"""Cases that are told and written together: ten days."""
PEOPLE = 2.5
"""Cases that a citizen has brought, in the middle."""
HOMES = ("hotline",) * 6 + ("property", "market", "labour", "municipal")
FIRST, SECOND = "松柳银枫青白长东南西北云月春秋金玉石竹梅", "涛河杏林山塔桥湖浦津辰溪亭华实沙泉桂影岭"
ENDS = ("花园", "小区", "家园", "公寓", "新城")
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂"
MATTERS = (
    "楼下烧烤店油烟直排，晚上开不了窗，孩子一直咳嗽", "旁边工地半夜打桩，吵得睡不着，打过电话没有人管", "电梯坏了一个星期没人修，老人下不了楼",
    "昨天起停水，没有通知，家里有病人等着用水", "路灯不亮，晚上很黑，已经有人摔倒了", "垃圾三天没有人清运，臭气熏天，苍蝇很多",
    "消防通道被私家车占用，万一起火车进不来", "流浪狗追咬孩子，小区里没有人敢遛弯", "公司拖欠工资三个月，老板不接电话",
    "网上买的空调是翻新机，商家拒绝退货", "物业乱收停车费，没有公示也不开发票", "井盖松动，汽车压过去响一整夜",
    "公交站牌被撞倒了，等车的人看不到线路", "自来水发黄，有一股怪味，烧开了也有", "外墙瓷砖掉下来，差点砸到行人",
    "暖气不热，屋里只有十四度，老人冻得受不了",
)  # fmt: skip
ANSWER = "您反映的问题已经核实，工作人员已到现场处理，责任单位作出整改，后续我们会继续跟进，感谢您的监督。"
NOTE = "已电话联系诉求人，约定明天上午到现场查看情况。"
REMARK = "处理得很快，谢谢。"
DISTRICTS = ("云东区", "云西区", "云南区", "云北区", "江岸区", "湖滨区", "山前区", "新港区")
OPEN = False
"""None of them is sealed."""
OFFICERS = tuple(f"officer{n}" for n in range(60))


@dataclass(slots=True)
class Chunk:
    """Rows by table; columns are filling.py's."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def add(self, table: str, *values: Any) -> None:
        """One row more."""
        self.rows.setdefault(table, []).append(values)


@dataclass(slots=True)
class Happened:
    """An event with its chain, and its private texts with their salts."""

    at: datetime
    row: tuple[Any, ...]
    texts: tuple[tuple[str, bytes, str], ...]


@dataclass(slots=True)
class Life:
    """A case while it is told."""

    number: str
    institution: Institution
    chance: Random
    at: datetime
    status: str = "received"
    status_at: datetime | None = None
    head: str = ""
    seq: int = 0
    answer: str = ""
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    due: dict[str, str] = field(default_factory=dict)
    told: list[Happened] = field(default_factory=list)

    def happen(self, by: str, what: str, detail: dict[str, Any], **private: str) -> None:
        """Chain one event, now."""
        self.seq += 1
        texts = tuple((key, self.chance.randbytes(16), value) for key, value in private.items())
        digests = {key: digest(salt, value) for key, salt, value in texts}
        mark = event_hash(
            self.head, number=self.number, seq=self.seq, at=self.at, by=by, what=what, detail=detail, digests=digests
        )
        row = (self.number, self.seq, micro(self.at), by, what, dumped(detail), dumped(digests), self.head, mark)
        self.told.append(Happened(self.at, row, texts))
        self.head = mark

    def move(self, by: str, to: str, hours: float, *, detail: Mapping[str, Any] | None = None, **private: str) -> bool:
        """Let time pass and the status change; False: that would be after END."""
        later = self.at + timedelta(hours=hours * self.chance.uniform(0.3, 1.7))
        if later >= END:
            return False
        self.at = later
        self.happen(by, "moved", {"from": self.status, "to": to, **(detail or {})}, **private)
        self.status, self.status_at = to, self.at
        return True

    def stop(self, clock: str) -> None:
        """A clock ends, nearly always in time."""
        due = self.due.pop(clock)
        self.happen(
            "system", "clock", {"clock": clock, "stopped": True, "due": due, "kept": self.chance.random() < 0.93}
        )


def chunks(cases: int, institutions: Mapping[str, Institution], *, first: int = 0) -> Iterator[Chunk]:
    """The rows of so many cases from chunk *first* on; ids are numbered over all chunks alike."""
    for part in range(first, -(-cases // CHUNK)):
        begin = part * CHUNK
        yield _chunk(part, begin, min(CHUNK, cases - begin), cases, institutions)


def _chunk(part: int, begin: int, size: int, cases: int, institutions: Mapping[str, Institution]) -> Chunk:
    chance, chunk, happened = Random(part), Chunk(), []
    step = timedelta(days=1) / A_DAY
    known = int(begin / PEOPLE)  # people of the chunks before
    for person in range(known, int((begin + size) / PEOPLE)):
        at = micro(END - step * (cases - begin))
        chunk.add("people", person + 1, "web", f"c{person + 1}", "zh", at, None, "")
    for index in range(begin, begin + size):
        filed = END - step * (cases - index)
        home = institutions[chance.choice(HOMES)]
        day = (filed + timedelta(hours=8)).date()
        count = 100_000 + index % 800_000  # none that the counter gives out
        life = Life(numbers.make(day, home.code, count), home, chance, filed)
        person = chance.randrange(max(1, int((begin + size) / PEOPLE)))
        _tell(chunk, life, index + 1, person + 1)
        happened += life.told
    happened.sort(key=lambda each: each.at)
    base = begin * 16  # a history has fewer events than that, so that ids of chunks never meet
    for place, each in enumerate(happened, start=base + 1):
        chunk.add("events", place, *each.row)
        for key, salt, value in each.texts:
            chunk.add("event_texts", place, key, salt, value)
    return chunk


def _tell(chunk: Chunk, life: Life, index: int, person: int) -> None:
    chance, home, filed = life.chance, life.institution, life.at
    day = (filed + timedelta(hours=8)).date()
    category = chance.choice(home.categories)
    department = home.departments[home.categories.index(category) % len(home.departments)].id
    place = f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(ENDS)}"
    district = DISTRICTS[index % len(DISTRICTS)]
    house, matter = f"{chance.randint(1, 40)}号楼", chance.choice(MATTERS)
    random_person = Random(person)
    name = random_person.choice(SURNAMES) + random_person.choice(GIVEN) + random_person.choice(GIVEN)
    facts = {
        "who": {"name": name, "contact": f"1990000{person % 10_000:04}", "anonymous": False, "confidential": False},
        "what": f"{place}{house}{matter}",
        "target": None,
        "when": {"text": "昨天晚上", "start": None, "end": None},
        "where": {
            "text": f"{place}{house}",
            "lat": None,
            "lon": None,
            "pieces": {"compound": place, "district": district},
        },
        "request": "希望尽快处理",
        "extra": {},
    }
    proposal = {"top": [{"category_id": category.id, "matter_id": None, "department_id": department, "score": 0.8}]}
    _live(life, facts, category.id, department)
    shown = dict(life.due)
    running = min((datetime.fromisoformat(at) for at in shown.values()), default=None)
    next_due = micro(running) if running and life.closed_at is None else None
    chunk.add(
        "cases", life.number, home.id, chance.choice(("web", "wechat", "telegram", "phone")), person, "complaint",
        life.status, category.id, None, department, "ordinary", dumped(facts), dumped(proposal), life.answer, 1,
        dumped(shown), next_due, micro(filed), day.isoformat(), life.closed_at and micro(life.closed_at),
        life.closed_at and (life.closed_at + timedelta(hours=8)).date().isoformat(), micro(life.status_at or filed),
        life.head, life.seq, 1, life.decided_at and micro(life.decided_at), 0, "{}", None, None, OPEN, next_due,
        district,
    )  # fmt: skip
    chunk.add("bindings", life.number, person, "citizen", micro(filed))
    spots = [*held(place), *held(house)]
    words = dict.fromkeys([*spots, *held(matter), *held("希望尽快处理"), *(PLACE + word for word in spots)])
    chunk.add("searchable", index, life.number, facts["who"]["contact"], name, tuple(words))  # type: ignore[index]
    _beside(chunk, life, index, person, filed)


def _live(life: Life, facts: dict[str, Any], category: str, department: str) -> None:
    """From the filing to where it stands at END."""
    chance = life.chance
    life.due = {
        "accept": (life.at + timedelta(days=1)).isoformat(),
        "answer": (life.at + timedelta(days=7)).isoformat(),
    }
    placed = {"kind": "complaint", "grade": "ordinary", "category_id": category, "department_id": department}
    life.happen("citizen", "filed", {"source": "web", **placed, "due": dict(life.due)}, facts=json.dumps(facts))
    officer = chance.choice(OFFICERS)
    if not life.move(officer, "accepted", 4):
        return
    life.stop("accept")
    life.happen("system", "notice", {"status": "accepted", "people": 1})
    if chance.random() < 0.05:
        life.closed_at = life.at if life.move("citizen", "withdrawn", 10) else None
        return
    if not life.move(officer, "assigned", 8, detail={"department": department}):
        return
    for _ in range(chance.choice((0, 1, 1, 2))):
        life.happen(officer, "noted", {}, text=NOTE)
    if not life.move(officer, "answered", 60, answer=ANSWER):
        return
    life.answer, life.decided_at = ANSWER, life.at
    life.stop("answer")
    life.happen("system", "notice", {"status": "answered", "people": 1})
    if not life.move("system", "visiting_back", 20):
        return
    if chance.random() < 0.4:
        answers = {"contacted": True, "solved": "yes", "satisfied": chance.choice((3, 4, 5, 5))}
        life.happen("citizen", "rated", answers, **({"remark": REMARK} if chance.random() < 0.3 else {}))
    if life.move("citizen", "closed", 40):
        life.closed_at = life.at


def _beside(chunk: Chunk, life: Life, index: int, person: int, filed: datetime) -> None:
    """Evidence, the notices, what was said of the answer."""
    chance, at = life.chance, micro(filed)
    if chance.random() < 0.5:
        chunk.add(
            "evidence", index, life.number, person, "photo", "image/jpeg", "现场.jpg",
            chance.randbytes(32).hex(), chance.randint(40_000, 3_000_000), at, None,
        )  # fmt: skip
    for n, text in enumerate((f"您的诉求 {life.number} 已受理，正在处理。", ANSWER)):
        if n < len([each for each in life.told if each.row[4] == "notice"]):
            chunk.add(
                "outbox", index * 2 + n - 1, person, life.number, "status", text, "[]", "accepted", "", "message", "", 1,
                at, "", None, at, at, "{}", None, 1,
            )  # fmt: skip
    rated = next((json.loads(each.row[5]) for each in life.told if each.row[4] == "rated"), None)
    if life.status in {"visiting_back", "closed"}:
        said = (at, True, rated["solved"], rated["satisfied"]) if rated else (None, None, None, None)
        chunk.add("surveys", life.number, 1, person, at, *said, REMARK if rated else "")


@lru_cache(maxsize=100_000)
def held(text: str) -> tuple[str, ...]:
    """The words it is found by."""
    return tuple(indexing.held(text))


def micro(at: datetime) -> int:
    """As columns.Instant keeps it."""
    return int(at.timestamp()) * 1_000_000 + at.microsecond


def dumped(value: Any) -> str:
    """As SQLAlchemy writes JSON."""
    return json.dumps(value)
