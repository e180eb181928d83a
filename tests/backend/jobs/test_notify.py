"""People at the desk are told elsewhere: once, gathered, nothing personal, through real mail and real webhooks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.jobs import apprising
from backend.jobs.apprising import BadAddress
from backend.jobs.notify import notify
from backend.services.cases.changing import save
from backend.settings import NotifySettings, Settings
from tests.backend.services.city import STORY, City
from tests.fakes.dripping import dripping

if TYPE_CHECKING:
    from pathlib import Path

    from backend.store.work import UnitOfWork

PHONE = "13800138000"


@dataclass
class Here:
    """What the round needs of a site."""

    city: City
    settings: Settings

    @property
    def store(self) -> Any:
        return self.city.store

    @property
    def institutions(self) -> Any:
        return self.city.institutions

    def clock(self) -> Any:
        return self.city.now


@pytest.fixture
def city(store):
    return City(store)


def by_mail(mails, **more) -> NotifySettings:
    url = f"mailto://127.0.0.1:{mails.port}?from=jiesu@example.gov.cn&to=duty@example.gov.cn&mode=insecure"
    return NotifySettings(name="mail", url=url, **({"digest": "none"} | more))


def in_chat(chat, url="wecombot://BOTKEY1234", **more) -> NotifySettings:
    told = {"digest": "none", "api_base": f"http://127.0.0.1:{chat.port}"} | more
    return NotifySettings(name="chat", url=url, **told)


def site(city, *places) -> Here:
    return Here(city, Settings(notify=places, public_url="https://12345.example.gov.cn"))


async def settled(here: Here, **later: float) -> int:
    """A round after some time."""
    here.city.later(**(later or {"seconds": 1}))
    return await notify(here, "worker")


async def test_a_new_case_is_told_by_mail_without_anything_personal(city, mails):
    here = site(city, by_mail(mails))
    await notify(here, "worker")
    number = city.citizen().files_a_case()

    await settled(here)

    [(subject, text)] = mails.got
    assert subject == "接诉：新诉求 1"
    assert number in text
    assert f"\nhttps://12345.example.gov.cn/desk/cases/{number}" in text, "lines stay lines"
    assert PHONE not in text
    assert "李芳" not in text
    assert STORY[:8] not in text


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("wecombot://BOTKEY1234", "/cgi-bin/webhook/send?key=BOTKEY1234"),
        ("dingtalk://ABCDEF123456", "/robot/send?access_token=ABCDEF123456"),
        ("feishu://abcdef-1234", "/open-apis/bot/v2/hook/abcdef-1234/"),
    ],
)
async def test_group_chats_are_told(city, chat, url, path):
    here = site(city, in_chat(chat, url))
    await notify(here, "worker")
    number = city.citizen().files_a_case()

    await settled(here)

    [(asked, text)] = chat.got
    assert asked == path
    assert number in text


async def test_a_no_with_a_200_is_tried_again_and_told_once(city, chat):
    here = site(city, in_chat(chat))
    await notify(here, "worker")
    city.citizen().files_a_case()
    chat.no = 2

    assert await settled(here) == 0
    assert await settled(here) == 0
    for _ in range(3):
        await settled(here, minutes=6)

    assert len(chat.got) == 1


async def test_a_mail_server_that_is_busy_is_asked_again(city, mails):
    here = site(city, by_mail(mails))
    await notify(here, "worker")
    city.citizen().files_a_case()
    mails.no = 1

    await settled(here)
    await settled(here, minutes=2)

    assert len(mails.got) == 1


async def test_nothing_is_lost_or_doubled_over_a_restart(city, chat):
    here = site(city, in_chat(chat))
    await notify(here, "one")
    city.citizen().files_a_case()
    city.unit(lambda work: work.notifications.claim("chat", "dead", now=city.now, limit=9))  # nothing yet
    await settled(here)
    await notify(here, "two")
    city.later(hours=1)
    await notify(site(city, in_chat(chat)), "three")

    assert len(chat.got) == 1


async def test_a_sender_who_died_is_replaced_after_its_lease(city, chat):
    here = site(city, in_chat(chat, digest="15m"))
    await notify(here, "worker")
    city.citizen().files_a_case()
    await settled(here)
    city.later(minutes=20)
    city.unit(lambda work: work.notifications.claim("chat", "dead", now=city.now, limit=9))

    await notify(here, "worker")
    assert chat.got == []
    await settled(here, minutes=4)
    assert len(chat.got) == 1


async def test_news_is_gathered_into_one_message(city, chat):
    here = site(city, in_chat(chat, digest="15m"))
    await notify(here, "worker")
    numbers = [city.citizen(name).files_a_case() for name in ("a", "b", "c")]

    await settled(here, minutes=5)
    assert chat.got == []
    await settled(here, minutes=11)

    [(_, text)] = chat.got
    assert text.startswith("接诉：新诉求 3\n")
    assert all(number in text for number in numbers)


async def test_the_first_look_tells_nothing_of_the_past(city, chat):
    city.citizen().files_a_case()
    here = site(city, in_chat(chat))

    await settled(here)
    await settled(here)

    assert chat.got == []


async def test_each_is_told_what_it_wants_alone(city, chat, mails):
    here = site(city, in_chat(chat, kinds=("late",)), by_mail(mails, institution="hotline", roles=("dispatcher",)))
    await notify(here, "worker")
    number = city.citizen().files_a_case()
    await settled(here)
    assert (len(chat.got), len(mails.got)) == (0, 1)

    city.move(number, "accepted")
    city.move(number, "assigned", department=city.case(number).department_id)
    city.move(number, "returned", note="不归我们管")
    await settled(here)

    assert (len(chat.got), len(mails.got)) == (0, 2)
    assert "退回重派" in mails.got[1][0]


async def test_of_a_sealed_case_nobody_hears_who_is_not_trusted_with_it(city, chat, mails):
    here = site(city, in_chat(chat), by_mail(mails, sealed=True))
    await notify(here, "worker")
    number = city.citizen().files_a_case()
    city.unit(_seal, city, number)

    await settled(here)

    assert chat.got == []
    assert number in mails.got[0][1]


def _seal(work: UnitOfWork, city: City, number: str) -> None:
    case = work.cases.get(number, lock=True)
    case.sealed = True
    save(work, city.institutions[case.institution], case)


def test_an_address_that_nobody_knows_is_named_without_its_secret(tmp_path: Path):
    with pytest.raises(BadAddress) as told:
        apprising.opened(NotifySettings(name="x", url="nosuch://SECRET"), tmp_path)

    assert "SECRET" not in str(told.value)


async def test_an_answer_that_never_ends_is_not_waited_for(tmp_path: Path):
    service = apprising.opened(NotifySettings(name="x", url="wecombot://BOTKEY1234"), tmp_path)
    async with dripping() as url:
        told = await asyncio.to_thread(apprising._asked, service, url.rstrip("/"), "您好", seconds=0.3)

    assert told == "the service cannot be reached: Timeout"


def test_the_address_may_stand_in_a_file(tmp_path: Path):
    (tmp_path / "chat.url").write_text("wecombot://BOTKEY1234\n")

    assert apprising.opened(NotifySettings(name="x", url="file:chat.url"), tmp_path) is not None
    with pytest.raises(BadAddress, match="file"):
        apprising.opened(NotifySettings(name="x", url="file:none.url"), tmp_path)


def test_what_is_over_is_forgotten_after_a_month(city):
    assert city.unit(lambda work: work.notifications.forget(before=city.now - timedelta(days=30))) == 0
