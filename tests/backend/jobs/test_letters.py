"""Reports reach managers outside the desk: by real mail with files, once, in working time, and never a row of a case."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.domain.case import Actor
from backend.jobs import letters as carrying
from backend.reporting.table import ROWS
from backend.services.office import accounts, letters, reporting
from backend.settings import MailSettings, NotifySettings, Settings
from tests.backend.services.city import START, STORY, City
from tests.fakes import mail

KINDS = {row.key: row.period for row in ROWS}
CHEN = Actor("陈经理", frozenset({"manager"}), "hotline")
MINE = "chen@example.gov.cn"
DECEMBER = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # nine o'clock on a Tuesday


@pytest.fixture
def city(store):
    """Two cases of November, one of them answered, and a manager."""
    city = City(store)
    city.unit(accounts.add_user, CHEN.name, "x", CHEN.roles, institution="hotline", at=START)
    city.answer(city.citizen("a").files_a_case())
    city.citizen("b").files_a_case("小区电梯坏了一个星期没人修，老人下不了楼")
    return city


def site(city: City, mails: mail.Heard | None = None, *places: NotifySettings) -> Any:
    """What the job needs of one."""
    server = None
    if mails is not None:
        url = f"mailto://127.0.0.1:{mails.port}?from=jiesu@example.gov.cn&to=all@example.gov.cn&mode=insecure"
        server = MailSettings(url=url, domains=("example.gov.cn",))
    settings = Settings(notify=places, mail=server, public_url="https://12345.example.gov.cn")
    return SimpleNamespace(store=city.store, institutions=city.institutions, settings=settings, clock=lambda: city.now)


def wants(city: City, report: str = "monthly", way: str = "mail", address: str = MINE, by: Actor = CHEN) -> None:
    city.unit(reporting.want, report, "hotline", by=by, at=START, way=way, address=address)


def unpacked(file: Any) -> str:
    """All that stands in a Word file or a workbook."""
    archive = zipfile.ZipFile(io.BytesIO(file.get_content()))
    return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


async def at(here: Any, city: City, when: datetime, owner: str = "one") -> None:
    """What the jobs do at that time."""
    city.now = when
    city.unit(reporting.tell, city.institutions, KINDS, at=when)
    await carrying.send(here, owner)


def state(city: City, report: str = "monthly") -> tuple[str, str]:
    letter = city.store.read_now(letters.last, by=CHEN)[report, "hotline"]
    return letter.state, letter.reason


async def test_a_month_comes_by_mail_with_the_word_file_and_the_sheets(city, mails):
    wants(city)
    await at(site(city, mails), city, DECEMBER)

    [message] = mails.mails
    assert mails.to == [MINE], "the address of the server names somebody else, who gets nothing"
    assert "月报 · 2026年11月 · " in message["Subject"]
    text = message.get_body(("plain",)).get_content()
    assert "2026年11月共登记来件 2 件" in text
    assert "\n" in text.strip(), "lines stay lines"
    assert "https://12345.example.gov.cn/desk/reports/monthly?institution=hotline&period=month&on=2026-11-01&new=1" in text  # fmt: skip
    word, sheets = message.iter_attachments()
    assert word.get_filename() == "monthly-hotline-2026-11-01-2026-11-30.docx"
    assert "2026年11月共登记来件 2 件" in unpacked(word)
    assert sheets.get_filename().endswith(".xlsx")
    assert "各部门" in unpacked(sheets)
    assert "案件明细" not in unpacked(sheets)
    assert state(city) == ("sent", "")


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # the same words: each report runs on both elsewhere
async def test_no_report_takes_a_case_or_an_officer_or_a_word_of_a_citizen_outside(city, mails):
    for row in ROWS:
        wants(city, row.key)
    await at(site(city, mails), city, datetime(2027, 1, 4, 2, tzinfo=UTC))

    assert len(mails.mails) == len(ROWS)
    whole = "".join(
        one.get_body(("plain",)).get_content() + "".join(map(unpacked, one.iter_attachments())) for one in mails.mails
    )
    for secret in ("20261121", "-HL-", STORY[:8], "幸福里", "电梯坏了", "王主任", "李芳", "13800138000"):
        assert secret not in whole


async def test_several_workers_and_rounds_send_one_mail(city, mails):
    wants(city)
    here = site(city, mails)
    city.now = DECEMBER
    for _ in range(2):
        city.unit(reporting.tell, city.institutions, KINDS, at=DECEMBER)
    await asyncio.gather(*(carrying.send(here, f"worker{n}") for n in range(4)))
    await at(here, city, DECEMBER + timedelta(days=2))

    assert len(mails.mails) == 1


async def test_a_worker_that_died_is_replaced_after_its_lease(city, mails):
    wants(city)
    here = site(city, mails)
    city.unit(reporting.tell, city.institutions, KINDS, at=DECEMBER)
    city.unit(letters.claim, "dead", at=DECEMBER)

    await at(here, city, DECEMBER + timedelta(minutes=5))
    assert mails.mails == []
    await at(here, city, DECEMBER + timedelta(minutes=21))
    assert len(mails.mails) == 1


@pytest.mark.parametrize(
    ("ready", "sent"),
    [
        (datetime(2026, 12, 6, 1, tzinfo=UTC), datetime(2026, 12, 7, 0, 30, tzinfo=UTC)),  # Sunday: Monday, 8:30
        (datetime(2026, 12, 4, 11, tzinfo=UTC), datetime(2026, 12, 7, 0, 30, tzinfo=UTC)),  # Friday evening
        (datetime(2026, 12, 4, 4, 30, tzinfo=UTC), datetime(2026, 12, 4, 5, 30, tzinfo=UTC)),  # at noon people rest
    ],
)
async def test_nobody_is_written_to_outside_working_time(city, mails, ready, sent):
    wants(city, "daily")
    here = site(city, mails)

    await at(here, city, ready)
    city.now = sent - timedelta(minutes=1)
    await carrying.send(here, "one")
    assert mails.mails == []
    city.now = sent
    await carrying.send(here, "one")
    assert len(mails.mails) == 1


async def test_a_server_that_is_busy_is_asked_again(city, mails):
    wants(city)
    here = site(city, mails)
    mails.no = 1

    await at(here, city, DECEMBER)
    assert state(city) == ("queued", "the mail server answered 451")
    await at(here, city, DECEMBER + timedelta(minutes=2))
    assert (len(mails.mails), state(city)) == (1, ("sent", ""))


async def test_what_never_goes_has_failed_with_its_reason_until_somebody_says_again(city, mails):
    wants(city)
    here = site(city, mails)
    mails.no, mails.answer = 99, "535 no such user, SECRET"

    with capture_logs() as logs:
        await at(here, city, DECEMBER)
        for days in range(1, 8):
            await at(here, city, DECEMBER + timedelta(days=days))
    assert state(city) == ("failed", "the mail server answered 535")
    assert "SECRET" not in str(logs)
    assert MINE not in str(logs)

    mails.no = 0
    at_ten = DECEMBER + timedelta(days=8, hours=1)
    assert city.unit(letters.again, city.institutions, "monthly", "hotline", by=CHEN, at=at_ten) == 1
    await at(here, city, at_ten)
    assert (len(mails.mails), state(city)) == (1, ("sent", ""))


async def test_a_server_that_is_not_there_is_said_to_be_unreachable(city, mails):
    wants(city)
    here = site(city, mail.Heard(port=1))

    await at(here, city, DECEMBER)

    assert state(city) == ("queued", "the mail server cannot be reached")


async def test_who_may_not_read_it_any_more_gets_nothing(city, mails):
    wants(city)
    city.unit(accounts.disable, CHEN.name)

    await at(site(city, mails), city, DECEMBER)

    assert mails.mails == []
    assert state(city)[0] == "failed"


async def test_who_stops_it_gets_none_that_waits(city, mails):
    wants(city)
    city.unit(reporting.tell, city.institutions, KINDS, at=DECEMBER)
    city.unit(reporting.stop, "monthly", "hotline", by=CHEN)

    await at(site(city, mails), city, DECEMBER)

    assert mails.mails == []


async def test_what_waits_goes_to_the_address_that_was_given_last(city, mails):
    wants(city)
    city.unit(reporting.tell, city.institutions, KINDS, at=DECEMBER)
    wants(city, address="office@example.gov.cn")

    await at(site(city, mails), city, DECEMBER)

    assert mails.to == ["office@example.gov.cn"]


async def test_a_group_chat_that_carries_no_files_gets_the_beginning_and_the_address(city, chat):
    place = NotifySettings(
        name="leaders", url="wecombot://BOTKEY1234", api_base=f"http://127.0.0.1:{chat.port}", reports=True
    )
    wants(city, way="place:leaders", address="")
    await at(site(city, None, place), city, DECEMBER)

    [(_, text)] = chat.got
    assert "共登记来件 2 件" in text
    assert "/desk/reports/monthly?" in text
    assert "附件" not in text
    assert len(text.encode()) <= 2048


async def test_who_reads_english_gets_it_in_english(city, mails):
    city.unit(reporting.want, "monthly", "hotline", by=CHEN, at=START, way="mail", address=MINE, language="en")
    await at(site(city, mails), city, DECEMBER)

    [message] = mails.mails
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"].startswith("Monthly report · November 2026 · ")
    assert "2 cases were filed in November 2026" in text
    assert "whole up to" not in text, "it is the manager's own"
    assert "Attached: the Word file and the sheets." in text
    assert "log in to read it" in text


async def test_a_place_that_carries_files_gets_them_in_its_own_language(city, mails):
    url = f"mailto://127.0.0.1:{mails.port}?from=jiesu@example.gov.cn&to=leaders@example.gov.cn&mode=insecure"
    place = NotifySettings(name="leaders", url=url, reports=True, language="en")
    wants(city, way="place:leaders", address="")
    await at(site(city, None, place), city, DECEMBER)

    [message] = mails.mails
    assert mails.to == ["leaders@example.gov.cn"]
    assert message["Subject"].startswith("Monthly report")
    assert len(list(message.iter_attachments())) == 2
    text = message.get_body(("plain",)).get_content()
    assert "satisfaction are whole up to 2026-11-23" in " ".join(text.split()), "who handles cases may read along there"


async def test_a_way_that_the_settings_name_no_longer_is_told_as_such(city, mails):
    wants(city, way="place:leaders", address="")

    await at(site(city, mails), city, DECEMBER)

    assert state(city) == ("failed", "there is no such way any more")


def test_ways_are_those_of_the_institution_that_are_meant_for_reports():
    places = [
        NotifySettings(name="ours", url="json://h", institution="hotline", reports=True),
        NotifySettings(name="theirs", url="json://h", institution="property", reports=True),
        NotifySettings(name="all", url="json://h", reports=True),
        NotifySettings(name="news", url="json://h"),
    ]

    assert letters.ways(None, places, "hotline") == ["place:ours", "place:all"]
    assert letters.ways(MailSettings(url="mailto://h", domains=("example.cn",)), places, "") == ["mail", "place:all"]


def test_a_month_is_the_same_month_wherever_it_is_told(city):
    wants(city)
    city.unit(reporting.tell, city.institutions, KINDS, at=DECEMBER)

    assert city.store.read_now(letters.last, by=CHEN)["monthly", "hotline"].first == date(2026, 11, 1)
