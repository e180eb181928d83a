"""Campaigns, reports and alarms that there are, tried by every role of their institution, and by managers of another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.rights import ROLES, TABLE
from backend.services.campaigns import planning
from backend.services.office import accounts
from backend.web.sessions import COOKIE
from tests.backend.services.campaigns.poll import MANAGER
from tests.backend.services.city import City
from tests.backend.web.officers import password_hash

CSRF = "an invented token"
STEPS = ("name", "population", "intro", "question", "plan", "send", "stop", "resume")
ROUTES = {
    "campaign": [
        "GET /desk/campaigns/{campaign}",
        "GET /desk/campaigns/{campaign}/try",
        "GET /desk/campaigns/{campaign}/answers.csv",
        "GET /desk/campaigns/{campaign}/answers.xlsx",
        "GET /desk/campaigns/{campaign}/photos/1",
        *(f"POST /desk/campaigns/{{campaign}}/{step}" for step in STEPS),
    ],
    "export": [
        "GET /desk/reports/monthly",
        "GET /desk/reports/rewards/file.json",
        "GET /desk/reports/annual/file.docx",
        "POST /desk/reports/monthly/want",
    ],
    "topics": ["GET /desk/topics/{alarm}", "GET /desk/topics/{alarm}/brief", "GET /desk/topics/{alarm}/brief.docx"],
    "dispatch": ["POST /desk/topics/{alarm}/say", "POST /desk/topics/{alarm}/join"],
}
"""Whose each is, by the power that it needs."""


@pytest.fixture
def there(site):
    """A campaign and an alarm of the hotline's."""
    city = City(site.store)
    city.now = site.clock()
    number = city.citizen().files_a_case()
    case = city.case(number)
    told = {"institution": "hotline", "category": case.category_id, "place": "", "since": case.filed_at,
            "at": case.filed_at + timedelta(minutes=1), "hours": 1, "count": 1, "expected": 0.25}  # fmt: skip
    alarm, *_ = site.store.run_now(lambda work: work.rises.begin(told, resumed=case.filed_at))
    campaign = city.unit(planning.make, city.institutions["hotline"], "满意度", by=MANAGER, at=city.now)
    return {"campaign": str(campaign), "alarm": str(alarm)}


def come_in(site, name, role, institution, departments=frozenset()):
    """The headers of their session."""
    at = site.clock()
    told = {"institution": institution, "departments": departments}
    site.store.run_now(accounts.add_user, name, password_hash(), [role], at=at, **told)
    hashed = accounts.hash_secret(name.encode().hex())
    site.store.run_now(lambda work: work.accounts.add_session(hashed, name, CSRF, at=at, expires=at + timedelta(1)))
    return {"Cookie": f"{COOKIE}={name.encode().hex()}"}


async def statuses(client, headers, routes, there):
    """What each answers."""
    found = {}
    for route in routes:
        method, path = route.format(**there).split()
        sent = {"data": {"csrf": CSRF, "title": "别的", "what": "noted"}} if method == "POST" else {}
        async with client.request(method, path, headers=headers, allow_redirects=False, **sent) as answer:
            found[route] = answer.status
    return found


@pytest.mark.parametrize("role", ROLES)
async def test_each_power_opens_its_own_and_nothing_else(site, client, there, role):
    headers = come_in(site, f"{role}-1", role, "hotline")

    for power, routes in ROUTES.items():
        found = await statuses(client, headers, routes, there)
        shut = {route for route, status in found.items() if status in {403, 404}}
        nothing = {route for route in routes if route.endswith("/photos/1")}
        assert shut - nothing == (set() if role in TABLE[power].roles else set(routes) - nothing), found
        assert not {status for status in found.values() if status >= 500 or status in {401, 405}}


@pytest.mark.parametrize("role", ["manager", "admin", "auditor", "coordinator"])
async def test_whoever_is_of_another_institution_finds_none_of_it(site, client, there, role):
    headers = come_in(site, f"{role}-2", role, "property")

    for routes in (ROUTES["campaign"], ROUTES["topics"], ROUTES["dispatch"]):
        found = await statuses(client, headers, routes, there)
        assert set(found.values()) <= {403, 404}, found
    async with client.get("/desk/reports/monthly/file.json?institution=hotline", headers=headers) as answer:
        told = await answer.text()
        if role in TABLE["export"].roles:
            assert '"hotline"' not in told
    assert site.store.read_now(lambda work: work.campaigns.get(int(there["campaign"]))).title == "满意度"


async def test_a_manager_of_a_department_runs_no_campaign(site, client, there):
    headers = come_in(site, "部门主管", "manager", "hotline", frozenset({"urban_management"}))

    found = await statuses(client, headers, ROUTES["campaign"], there)

    assert set(found.values()) <= {403, 404}, found
