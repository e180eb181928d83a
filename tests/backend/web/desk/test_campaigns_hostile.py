"""Forms of a survey campaign filled in with what nobody should: each is told a sentence, and its page still opens."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from backend.jobs import campaigns
from backend.store import tables
from tests.backend.services.city import City
from tests.backend.web.officers import Form, Officer, Page, hire

PLACE = "/desk/campaigns"
DAYS = {"first": "2026-11-01", "last": "2026-11-21"}
CHOICE = {"kind": "choice", "zh": "办得怎么样？", "options": "好\n不好", "required": "on"}
PLAN = {"how": "all", "by": "category", "start": "2026-11-21T09:00", "end": "2026-11-22T09:00"}
MUCH = "汉" * 100_000  # under a megabyte on its way
WRONG = [
    ("name", {"title": ""}),
    ("name", {"title": MUCH}),
    ("name", {"title": "好", "title_en": "x" * 61}),
    ("population", DAYS | {"first": "2026-11-22", "last": "2026-11-01"}),
    ("population", {"first": "NaN", "last": "10e9"}),
    ("population", {"first": "0001-01-01", "last": "9999-12-31"}),
    ("population", {"first": "2025-01-01", "last": "2026-11-21"}),
    ("population", DAYS | {"categories": ",".join(f"c{n}" for n in range(70_000))}),
    ("population", DAYS | {"districts": MUCH}),
    ("population", DAYS | {"statuses": "no_such_status"}),
    ("intro", {"zh": MUCH}),
    ("question", CHOICE | {"zh": MUCH}),
    ("question", CHOICE | {"options": MUCH}),
    ("question", CHOICE | {"options": "好\n" + "x" * 100_000}),
    ("question", CHOICE | {"if1": ",".join(map(str, range(100_000))), "to1": "end"}),
    ("question", CHOICE | {"if1": "1", "to1": "q" * 500}),
    ("question", {"question": "q9", "do": "remove"}),
    ("plan", PLAN | {"size": "-1"}),
    ("plan", PLAN | {"size": "1e9"}),
    ("plan", PLAN | {"size": "1000000000"}),
    ("plan", PLAN | {"how": "random", "size": "0"}),
    ("plan", PLAN | {"how": "random", "size": "100001"}),
    ("plan", PLAN | {"size": "٣"}),
    ("plan", PLAN | {"how": "whoever"}),
    ("plan", PLAN | {"by": "colour"}),
    ("plan", PLAN | {"per_day": "0"}),
    ("plan", PLAN | {"per_hour": "-1"}),
    ("plan", PLAN | {"per_day": "NaN"}),
    ("plan", PLAN | {"end": "9999-12-31T23:59"}),
    ("plan", PLAN | {"start": "2026-11-23T09:00"}),
    ("plan", PLAN | {"end": "2027-11-22T09:00"}),
    ("send", {}),
    ("stop", {}),
    ("resume", {}),
]


@pytest.fixture
async def manager(site, client):
    city = City(site.store)
    city.now = site.clock()
    for name in ("li", "wang"):
        city.citizen(name).files_a_case()
    hire(site, "陈经理", "manager", institution="hotline")
    officer = Officer(client)
    await officer.comes_in("陈经理")
    await officer.opens(PLACE)
    return officer


async def posts(officer: Officer, path: str, **typed: str) -> Page:
    proof = next(form.fields["csrf"] for form in officer.page.forms if "csrf" in form.fields)
    return await officer.presses(Form(path, {"csrf": proof, **typed}))


async def made(manager: Officer) -> str:
    page = await posts(manager, PLACE, title="办理满意度")
    return page.path.partition("?")[0]


@pytest.mark.parametrize(("step", "typed"), WRONG, ids=[f"{n}-{step}" for n, (step, _) in enumerate(WRONG)])
async def test_what_cannot_be_is_told_and_nothing_is_kept_of_it(manager, step, typed):
    place = await made(manager)

    page = await posts(manager, f"{place}/{step}", **typed)

    assert page.status in {409, 422}, page.text[:300]
    assert len(page.html) < 200_000
    page = await manager.opens(place)
    assert page.status == 200
    assert len(page.html) < 200_000


@pytest.mark.parametrize("typed", [{"title": "满意度" + " " * 400_000}, {"title": "=1+1|cmd"}, {"title": "<b>&\"'"}])
async def test_a_strange_title_is_only_a_title(manager, typed, site):
    page = await posts(manager, PLACE, **typed)

    assert page.status == 200
    assert "<b>&" not in page.html
    deeds = site.store.read_now(_deeds)
    assert all(len(told) < 200 for told in deeds)


def _deeds(work):
    return list(work.conn.execute(select(tables.deeds.c.subject)).scalars())


@pytest.mark.parametrize(
    "path",
    ["/999999999999", "/999999999999/try", "/999999999999/answers.csv", "/999999999999/photos/999999999999999999", "/x", "/-1"],
)  # fmt: skip
async def test_a_campaign_that_there_is_not_is_told_so(manager, path):
    assert (await manager.opens(f"{PLACE}{path}")).status == 404


async def test_a_run_through_with_anything_in_its_address_is_a_page(manager):
    place = await made(manager)
    for kind in ("choice", "several", "scale5", "scale10", "text", "photo"):
        await posts(manager, f"{place}/question", **CHOICE | {"kind": kind})

    for told in ("x", "", "1&q1=2", "%00", "%ED%A0%80", "9" * 3000, "'\"<script>alert"):
        query = "&".join(f"q{n}={told}" for n in range(1, 8))
        page = await manager.opens(f"{place}/try?{query}")
        assert page.status in {200, 400}
        assert "<script>alert" not in page.html


async def test_what_runs_is_changed_no_more_and_begins_and_ends_once(manager, site):
    place = await made(manager)
    await posts(manager, f"{place}/question", **CHOICE)
    assert (await posts(manager, f"{place}/send")).status == 200

    for step, typed in (
        ("send", {}),
        ("question", {"question": "q1", "do": "remove"}),
        ("question", CHOICE),
        ("name", {"title": "别的"}),
        ("population", DAYS),
        ("plan", PLAN | {"size": "1"}),
        ("intro", {"zh": "您好"}),
    ):
        assert (await posts(manager, f"{place}/{step}", **typed)).status == 409, step
    assert await campaigns.ask(site, "job") == 2
    assert (await posts(manager, f"{place}/stop")).status == 200
    assert (await posts(manager, f"{place}/stop")).status == 200
    assert await campaigns.ask(site, "job") == 0


async def test_the_manager_of_another_institution_reads_and_changes_nothing(manager, site, client):
    place = await made(manager)
    await posts(manager, f"{place}/question", **CHOICE)
    hire(site, "别家经理", "manager", institution="property")
    stranger = Officer(client)
    await stranger.comes_in("别家经理")
    await stranger.opens(PLACE)

    assert place not in stranger.page.html
    for path in (place, f"{place}/try", f"{place}/answers.csv", f"{place}/answers.xlsx"):
        assert (await stranger.opens(path)).status in {403, 404}
    await stranger.opens(PLACE)
    for step in ("name", "population", "intro", "question", "plan", "send", "stop", "resume"):
        assert (await posts(stranger, f"{place}/{step}", **CHOICE | DAYS | PLAN)).status in {403, 404}
        await stranger.opens(PLACE)


async def test_a_campaign_of_an_institution_that_is_served_no_more_is_gone_and_stops_no_other(manager, site):
    place = await made(manager)
    await posts(manager, f"{place}/question", **CHOICE)
    await posts(manager, f"{place}/send")
    site.store.run_now(_elsewhere)

    for path in ("", "/try", "/answers.csv"):
        assert (await manager.opens(f"{place}{path}")).status in {403, 404}
    assert await campaigns.ask(site, "job") == 0


def _elsewhere(work):
    work.conn.execute(update(tables.campaigns).values(institution="closed_down")).close()
