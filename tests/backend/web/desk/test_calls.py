"""The list of calls after an answer, as its people use it without a script."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from aiohttp.test_utils import TestClient

from backend.services.cases import visitback
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/calls"


class Asked(City):
    """A city with one case whose citizen was asked."""

    number = ""


@pytest.fixture
def city(site):
    """Somebody was asked what they think of an answer, and said nothing for a week."""
    city = Asked(site.store)
    city.now = site.clock()
    city.number = city.citizen().files_a_case()
    city.answer(city.number)
    city.unit(visitback.expire, city.institutions, at=site.clock().replace(year=site.clock().year + 1))
    city.store.run_now(_due_now, city.number, site.clock())
    return city


def _due_now(work, number, at):
    call = work.surveys.calls.get(number, 1)
    work.surveys.calls.called(number, 1, "", at=at, again=at)
    assert call is not None


@pytest.fixture
async def officer_of(site, client):
    """Hires somebody and signs them in, each at a browser of their own."""
    async with AsyncExitStack() as browsers:

        async def come(name, *roles):
            hire(site, name, *roles, institution="hotline")
            officer = Officer(await browsers.enter_async_context(TestClient(client.server)))
            await officer.comes_in(name)
            return officer

        yield come


async def test_a_call_is_taken_made_and_told(officer_of, city):
    li = await officer_of("小李", "intake")

    page = await li.opens(PAGE)
    assert "聊天送不到" in page.text
    page = await li.sends("/calls/take")
    assert "13800138000" in page.text
    assert "打扰您一分钟" in page.text
    page = await li.sends(f"/{city.number}/1", outcome="reached", solved="no", satisfied="2", remark="还在吵")

    assert "这件事重新办理" in page.text
    assert city.case(city.number).status == "reopened"
    assert city.number not in page.text


async def test_two_do_not_call_one_person(officer_of, city):
    li, wang = await officer_of("小李", "intake"), await officer_of("小王", "coordinator")
    await wang.opens(PAGE)
    await li.opens(PAGE)
    await li.sends("/calls/take")

    page = await wang.sends("/calls/take")

    assert page.status == 409
    assert "小李 正在打" in page.text


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        ({"outcome": "danced"}, "请选打得怎么样"),
        ({"outcome": "reached"}, "至少填"),
        ({"outcome": "reached", "satisfied": "9"}, "分数是 1 到 5"),
        ({"outcome": "later", "again": "yesterday"}, "14 天以内"),
        ({"outcome": "reached", "solved": "no", "reasons": "weather"}, "不在清单里"),
    ],
)
async def test_a_form_that_cannot_be_kept_says_why_and_stands_as_it_was(officer_of, city, fill, said):
    li = await officer_of("小李", "intake")
    await li.opens(PAGE)
    await li.sends("/calls/take")

    page = await li.sends(f"/{city.number}/1", remark="说了一半", **fill)

    assert page.status == 422
    assert said in page.text
    assert page.form(f"/{city.number}/1").fields["remark"] == "说了一半"


async def test_handlers_and_auditors_call_nobody(officer_of, city):
    for name, role in (("承办", "handler"), ("审计", "auditor")):
        officer = await officer_of(name, role)

        page = await officer.opens(PAGE)

        assert page.status == 403
        assert city.number not in page.text


async def test_a_call_that_i_do_not_have_leads_to_the_list(officer_of, city):
    li = await officer_of("小李", "intake")

    assert (await li.opens(f"{PAGE}/{city.number}/1")).status == 409
    assert (await li.opens(f"{PAGE}/{city.number}/99999")).status == 409
    assert (await li.opens(f"{PAGE}/20200101-HL-000001-1/1")).status == 422
    assert (await li.opens(f"{PAGE}/nonsense/1")).status == 422


async def test_the_page_speaks_english_too(officer_of, city):
    li = await officer_of("小李", "intake")
    await li.opens(f"/desk/language?to=en&back={PAGE}")

    assert "Not reached in the chat" in (await li.opens(PAGE)).text


async def test_the_record_tells_who_was_asked_and_that_nothing_arrived(officer_of, city):
    chen = await officer_of("陈经理", "manager")

    page = await chen.opens(f"/desk/audit?part=cases&number={city.number}")

    assert "已请市民评价（1 人）" in page.text
    assert "回访没能送到" in page.text
