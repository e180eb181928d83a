"""A bulletin each month: subscribed once, owed once, by day, and never so fine that it tells of somebody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.bulletin import LONGEST, Kind, Month
from backend.domain.periods import holding
from backend.domain.rates import Rate
from backend.jobs.bulletins import tell
from backend.services.talks import bulletins
from institutions.catalog import load_all
from tests.backend.services.city import City

HOTLINE = load_all()["hotline"]
NOVEMBER = holding("month", date(2026, 11, 1))
DECEMBER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # ten o'clock in China
NAMES = {one.id: one.name for one in HOTLINE.categories}
KINDS = list(NAMES)


class Site:
    """What the job needs of one."""

    def __init__(self, city: City) -> None:
        self.store, self.institutions, self.rung = city.store, {"hotline": HOTLINE}, 0
        self.city, self.ring = city, self

    def clock(self) -> datetime:
        return self.city.now

    def set(self) -> None:
        self.rung += 1


@pytest.fixture
def city(store):
    return City(store)


async def told(city: City, at: datetime) -> list[str]:
    """All bulletins that are owed after a round of the job at that time."""
    city.now = at
    site: Any = Site(city)
    await tell(site, "one")
    rows = city.store.read_now(lambda work: work.outbox.not_arrived(limit=50))
    return [row.text for row in rows if row.kind == bulletins.KIND]


def wishes(city: City) -> list[tuple[str, str]]:
    found = city.store.read_now(
        lambda work: work.bulletins.owed("hotline", date(2027, 1, 1), before=city.later(days=1), limit=9)
    )
    return [(one.about, one.key) for one in found]


def test_who_has_told_nothing_gets_that_of_the_institution_and_twice_is_once(city):
    li = city.citizen()
    assert "订好了" in li.says("订阅月报")[0]
    assert "已经订过" in li.says("订阅月报")[0]

    assert wishes(city) == [("all", "")]


def test_of_the_last_case_its_place_or_department_is_chosen(city):
    li = city.citizen()
    number = li.files_a_case("幸福里小区3栋楼下烧烤店昨晚十一点又在放音响，吵得孩子睡不着")
    li.says("订阅月报")
    assert [choice.partition(":")[2].partition(":")[0] for choice in li.choices] == ["place", "department"]
    assert "订好了" in li.says(choice=li.choices[0])[0]
    li.says(choice=f"bulletin:department:{number}")

    assert wishes(city) == [("department", city.case(number).department_id), ("place", "幸福里")]


def test_a_case_of_somebody_else_gives_nothing_to_choose(city):
    number = city.citizen("wang").files_a_case()
    city.citizen().says(choice=f"bulletin:department:{number}")

    assert wishes(city) == [("all", "")]


async def test_a_month_is_told_of_once_over_restarts(city):
    city.citizen().says("订阅月报")

    assert len(await told(city, DECEMBER)) == 1
    assert len(await told(city, DECEMBER + timedelta(days=3))) == 1
    assert len(await told(city, datetime(2027, 1, 2, 2, tzinfo=UTC))) == 2


class Stumbling:
    """A store that cannot write down anything of the first subscriber."""

    def __init__(self, store: Any) -> None:
        self.store, self.read, self.first = store, store.read, 0

    async def run(self, f: Any, *args: Any, **more: Any) -> Any:
        one = args[1]
        self.first = self.first or one.person
        if one.person == self.first:
            raise ValueError("odd")
        return await self.store.run(f, *args, **more)


async def test_who_cannot_be_told_keeps_the_bulletin_from_nobody_else(city):
    for name in ("li", "wang", "zhao"):
        city.citizen(name).says("订阅月报")
    city.now = DECEMBER
    site: Any = Site(city)
    site.store = Stumbling(city.store)

    await tell(site, "one")

    rows = city.store.read_now(lambda work: work.outbox.not_arrived(limit=50))
    assert [row.kind for row in rows].count(bulletins.KIND) == 2


async def test_a_month_in_which_nothing_came_says_so(city):
    city.citizen().says("订阅月报")
    (said,) = await told(city, DECEMBER)

    assert "2026年11月" in said
    assert "没有收到反映" in said
    assert "退订月报" in said


@pytest.mark.parametrize("hours", [-9, -2, 13])
async def test_at_night_nothing_is_told(city, hours):
    city.citizen().says("订阅月报")

    assert await told(city, DECEMBER + timedelta(hours=hours)) == []


async def test_who_has_unsubscribed_or_is_forgotten_meanwhile_gets_none(city):
    li, wang = city.citizen(), city.citizen("wang")
    li.says("订阅月报")
    wang.says("订阅月报")
    assert "不再发" in li.says("退订月报")[0]
    assert "没有订" in li.says("退订月报")[0]
    wang.says("忘记我")
    wang.says(choice="forget.yes")

    assert wishes(city) == []
    assert await told(city, DECEMBER) == []


async def test_who_is_telling_something_is_told_later(city):
    li = city.citizen()
    li.says("订阅月报")
    li.says("幸福里小区门口路灯坏了一个月了")
    assert await told(city, DECEMBER) == []
    li.says("取消")
    li.says(choice="cancel.yes")

    assert len(await told(city, DECEMBER + timedelta(hours=1))) == 1


async def test_few_cases_are_not_split(city):
    li = city.citizen()
    li.files_a_case("幸福里小区3栋楼下烧烤店昨晚十一点又在放音响，吵得孩子睡不着")
    li.says("订阅月报")
    li.says(choice=li.choices[0])
    (said,) = await told(city, DECEMBER)

    assert "幸福里" in said
    assert "不到10位" in said
    assert "最多的是" not in said


async def test_of_a_place_nobody_learns_whether_anybody_told_something(city):
    one = city.citizen()
    one.files_a_case("幸福里小区3栋楼下烧烤店昨晚十一点又在放音响，吵得孩子睡不着")
    one.says("订阅月报")
    one.says(choice=one.choices[0])

    (november,) = await told(city, DECEMBER)
    *_, december = await told(city, datetime(2027, 1, 2, 2, tzinfo=UTC))

    assert november.split("\n")[1:] == december.split("\n")[1:], "one case in November, none in December"


async def test_ten_cases_of_one_person_are_one_person(city):
    li = city.citizen()
    for _ in range(10):
        city.later(hours=1)
        li.files_a_case("幸福里小区3栋楼下烧烤店昨晚十一点又在放音响，吵得孩子睡不着")
    li.says("订阅月报")
    li.says(choice=li.choices[0])
    (said,) = await told(city, DECEMBER)

    assert "不到10位" in said
    assert "10件" not in said


async def test_enough_cases_are_told_with_kinds_speed_and_rates(city):
    for li in (people := [city.citizen(f"c{n}") for n in range(10)]):
        number = li.files_a_case("幸福里小区3栋楼下烧烤店昨晚十一点又在放音响，吵得孩子睡不着")
        city.answer(number)
    li = people[0]
    for _ in range(2):
        li.says("订阅月报")
        li.says(choice=li.choices[0])
    (said,) = await told(city, DECEMBER)

    assert "共收到10件" in said
    assert "一半的事在1天内答复" in said
    assert "按时办的占100%" in said
    assert len(said) <= LONGEST


@st.composite
def kinds(draw):
    """Some kinds, each told by some people, who may have told others too."""
    chosen = draw(st.lists(st.sampled_from(KINDS), unique=True))
    crowds = [draw(st.frozensets(st.integers(0, 40), min_size=1)) for _ in chosen]
    return tuple(
        Kind(key, len(crowd) + draw(st.integers(0, 9)), crowd) for key, crowd in zip(chosen, crowds, strict=True)
    )


@given(
    kinds(), st.sampled_from(["zh", "zh-Hant", "en"]), st.text("幸福里", max_size=64), st.integers(0, 40), st.booleans()
)
def test_no_bulletin_is_long_or_tells_of_few_people(kinds, language, name, answers, near):
    rate = Rate(answers // 2, answers)
    month = Month(sum(kind.cases for kind in kinds), kinds, None, rate, rate, near=near)
    said = bulletins.written(HOTLINE, language, name, NOVEMBER, month)
    named = {label for label, _ in bulletins._kinds(HOTLINE, "zh", month)}

    assert len(said) <= LONGEST
    shown = [kind for kind in kinds if NAMES[kind.category] in named]
    others = frozenset().union(*(kind.people for kind in kinds if kind not in shown))
    assert all(len(kind.people) >= 10 for kind in shown)
    assert not shown or not others or len(others) >= 10
    if month.people < 10 and (near or month.received):
        assert len(said.split("\n")) == 3, "a title, that it is few, how to stop"
