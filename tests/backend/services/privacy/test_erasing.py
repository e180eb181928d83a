"""When the years are over, a case knows nobody any more, and its history is as whole as before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from backend.domain.case import Event
from backend.services.cases import sealing
from backend.services.files.evidence import EvidenceFiles, sweep
from backend.services.privacy import erasing
from backend.services.talks.intake import StoredFile
from backend.store import tables as t
from tests.backend.services.city import City

PHOTO = StoredFile("photo", "image/png", "a.png", "a" * 64, 10)


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    """A case that was answered and closed."""
    li = city.citizen()
    li.says(files=(PHOTO,))
    number = li.files_a_case()
    city.answer(number)
    city.move(number, "closed")
    city.unit(sealing.seal, at=city.now)
    return number


def due(city):
    return city.store.read_now(lambda work: erasing.due(work, city.institutions["hotline"], at=city.now))


def erase(city, number):
    return city.unit(erasing.erase, city.institutions, number, at=city.now)


def wrong(city):
    return city.store.read_now(lambda work: list(sealing.verify(work)))


def everything(city):
    """Every value of every table, as text."""

    def read(work):
        names = work.conn.exec_driver_sql
        tables = ("cases", "events", "event_texts", "journal", "sayings", "outbox", "surveys", "evidence", "bindings")
        return "\n".join(str(row) for table in tables for row in names(f"SELECT * FROM {table}"))

    return city.store.read_now(read)


def test_nothing_is_due_before_the_years_are_over(city, number):
    city.later(days=5 * 365)
    assert due(city) == []
    assert erase(city, number) is False
    city.later(days=3)
    assert due(city) == [number]


def test_an_open_case_is_never_due(city):
    city.citizen().files_a_case()
    city.later(days=9999)

    assert due(city) == []


def test_who_and_whose_words_are_erased_and_the_chain_is_whole(city, number):
    assert wrong(city) == []
    city.later(days=5 * 366)
    assert erase(city, number) is True

    assert wrong(city) == []
    kept = everything(city)
    assert [word for word in ("李芳", "13800138000", "烧烤店", "音响", "拆除") if word in kept] == []
    case = city.case(number)
    assert (case.person, case.answer, case.facts["who"]["name"], case.facts["what"]) == (None, "", None, None)
    assert (case.category_id, case.department_id, case.status) != ("", "", "")
    assert city.history(number)[-1] == ("system", "erased")


def test_it_is_erased_once(city, number):
    city.later(days=5 * 366)
    erase(city, number)

    assert erase(city, number) is False
    assert due(city) == []


def test_words_that_another_case_needs_stay(city, number):
    li = city.citizen()
    li.sent = 100
    other = li.files_a_case("人民路12号的路灯坏了一个星期，晚上太黑")
    city.later(days=5 * 366)
    erase(city, number)

    assert city.case(other).facts["what"]
    assert "路灯" in everything(city)
    assert wrong(city) == []


def test_the_day_before_a_leap_years_day_is_found(city):
    leap = city.now.replace(year=2028, month=2, day=29)
    assert erasing.ended(city.institutions["hotline"], leap) == leap.replace(year=2023, day=28)


def test_tries_that_no_limit_counts_are_forgotten(city):
    li = city.citizen()
    li.says("20261121-HL-000001-9")
    li.says("13800138000")
    assert city.unit(erasing.tidy, at=city.now) == 0
    assert city.unit(erasing.tidy, at=city.now + timedelta(days=3)) == 1


def test_a_file_that_never_came_to_a_case_goes_and_that_of_a_draft_stays(city):
    li, zhang = city.citizen(), city.citizen("zhang")
    li.says("中山路的路灯坏了一个星期，晚上太黑", files=(PHOTO,))
    zhang.says("你好")
    lost = city.unit(
        lambda work: work.evidence.add(
            2, kind="photo", media_type="image/png", filename="b.png", sha256="b" * 64, size=1, at=city.now
        )
    )
    assert city.unit(erasing.tidy, at=city.now + timedelta(days=89)) == 0
    assert city.unit(erasing.tidy, at=city.now + timedelta(days=91)) == 1

    kept = city.store.read_now(lambda work: (work.evidence.known("a" * 64), work.evidence.known("b" * 64)))
    assert (kept, lost) == ((True, False), 2)


def test_the_tombstone_says_after_how_many_years_and_how_far(city, number):
    city.later(days=5 * 366)
    erase(city, number)

    last = city.store.read_now(lambda work: work.cases.history(number))[-1]
    assert (last.what, last.detail["years"], last.detail["how"], last.detail["files"]) == ("erased", 5, "anonymise", 1)


def test_an_institution_may_keep_not_even_place_and_time(city, number):
    hotline = city.institutions["hotline"]
    strict = hotline.model_copy(update={"casework": hotline.casework.model_copy(update={"keep": "erase"})})
    city.institutions = {**city.institutions, "hotline": strict}
    city.later(days=5 * 366)
    erase(city, number)

    case = city.case(number)
    assert (case.facts["when"], case.facts["where"], case.proposal, case.record, case.officer) == (
        None,
        None,
        {},
        {},
        None,
    )
    assert (case.status, case.category_id != "") == ("closed", True)
    assert wrong(city) == []


@pytest.mark.parametrize("days", [30, 5 * 366])
def test_words_that_were_destroyed_out_of_turn_are_noticed(city, number, days):
    """Also where somebody wrote a tombstone to cover it."""
    city.later(days=days)
    if days > 365:
        city.unit(lambda work: work.forgetting.erase_case(number))
        assert any("nothing says that it was erased" in sentence for sentence in wrong(city))
        return

    def cover(work):
        case = work.cases.get(number, lock=True)
        work.forgetting.erase_case(number)
        case.note(Event(city.now, "system", "erased", {"years": 5}))
        work.cases.save(case, zone=UTC)

    city.unit(cover)
    assert any("before its years were over" in sentence for sentence in wrong(city))


def test_no_reward_names_anybody_any_more(city, number):
    def reward(work):
        person = work.cases.people_of(number)[0].id
        row = {"number": number, "person": person, "institution": "hotline", "act": "plate 1", "sum": 100}
        row |= {"state": "granted", "granted_at": city.now, "claim_by": city.now}
        work.conn.execute(insert(t.rewards).values(row))

    city.unit(reward)
    city.later(days=5 * 366)
    erase(city, number)

    assert city.store.read_now(lambda work: work.conn.execute(select(t.rewards)).all()) == []


async def test_the_bytes_of_its_files_go_with_the_next_sweep(city, number, tmp_path):
    files = EvidenceFiles(str(tmp_path / "evidence"))
    (tmp_path / "evidence" / "aa").mkdir()
    (tmp_path / "evidence" / "aa" / ("a" * 64)).write_bytes(b"photo")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert await sweep(city.store, files, before=tomorrow) == 0
    city.later(days=5 * 366)
    erase(city, number)

    assert await sweep(city.store, files, before=tomorrow) == 1


def test_what_is_left_is_counted_as_before(city, number):
    def counted():
        return city.store.read_now(
            lambda work: work.conn.execute(select(t.cases.c.status, t.cases.c.category_id, t.cases.c.filed_day)).all()
        )

    before = counted()
    city.later(days=5 * 366)
    erase(city, number)

    assert counted() == before
