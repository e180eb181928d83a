"""Every way into the desk and the API, tried by every role on cases that are and are not theirs.

A case that somebody may not see answers exactly as one that is not there. A
new route is tried by itself; what it needs stands in ``NEEDS``, and a route
that is in no table fails here.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from backend.domain import numbers, rights
from backend.domain.case import Actor
from backend.domain.lifecycle import RULES, Status
from backend.domain.rights import ALL, ROLES, TABLE, WORKERS
from backend.services.cases.changing import save
from backend.services.office import accounts
from backend.web.keys import SITE
from backend.web.sessions import COOKIE
from tests.backend.services.city import City
from tests.backend.web.desk.test_files import MP3, picture
from tests.backend.web.officers import password_hash

CSRF = "an invented token"
NOBODY = numbers.make(date(2026, 11, 21), "HL", 999999)
"""A number that fits and that no case has."""
OWN, OTHER, ELSEWHERE, SEALED = "own", "other department", "other institution", "sealed"
BODY = {
    "to": "refused", "act": "supervise", "grade": "none", "seen": "999999", "day": "2026-11-21", "user": "nobody", "text": "", "note": "", "reason": "", "from": "case", "boxes": "none",
}  # fmt: skip
"""A form that nothing can be done with: whether its sender may is answered first, or what it lacks."""
CALL = {"moves": {"to": "refused"}, "acts": {"act": "supervise", "given": {}}, "messages": {"text": " "},
        "check": {"answer": "已修好。"}}  # fmt: skip

NEEDS: dict[str, frozenset[str]] = {
    "GET /desk/cases/{number}": TABLE["open"].roles,
    "POST /desk/cases/{number}/move": RULES[Status.RECEIVED].then[Status.REFUSED],
    "POST /desk/cases/{number}/act": TABLE["roster"].roles,  # to supervise is those's who lead
    "POST /desk/cases/{number}/correct": TABLE["correct"].roles,
    "POST /desk/cases/{number}/confirm": TABLE["correct"].roles,
    "POST /desk/cases/{number}/say": TABLE["say"].roles,
    "POST /desk/cases/{number}/ask": TABLE["say"].roles,
    "POST /desk/cases/{number}/supplement": RULES[Status.RECEIVED].then[Status.SUPPLEMENTING],
    "POST /desk/cases/{number}/take": TABLE["talk"].roles,
    "POST /desk/cases/{number}/back": TABLE["talk"].roles,
    "POST /desk/cases/{number}/preview": TABLE["say"].roles,
    "GET /desk/cases/{number}/talk": TABLE["open"].roles,
    "POST /desk/cases/{number}/note": TABLE["note"].roles,
    "POST /desk/cases/{number}/who": TABLE["unmask"].roles,
    "POST /desk/cases/{number}/notices/{row}": TABLE["say"].roles,
    "POST /desk/cases/{number}/notices/{row}/done": TABLE["say"].roles,
    "GET /desk/cases/{number}/files/{id}": TABLE["open"].roles,
    "GET /desk/cases/{number}/files/{id}/small": TABLE["open"].roles,
    "GET /desk/cases/{number}/files/{id}/whole": TABLE["open"].roles,
    "GET /desk/cases/{number}/files/{id}/play": TABLE["open"].roles,
    "GET /desk/cases/{number}/evidence/{id}": TABLE["open"].roles,
    "POST /desk/cases/{number}/evidence/{id}/redact": TABLE["note"].roles,
    "GET /desk": TABLE["list"].roles,
    "GET /desk/find": TABLE["search"].roles,
    "POST /desk/batch": TABLE["move"].roles,
    "GET /desk/filters": TABLE["list"].roles,
    "POST /desk/filters": TABLE["list"].roles,
    "POST /desk/filters/change": TABLE["list"].roles,
    "POST /desk/filters/drop": TABLE["list"].roles,
    "GET /desk/alerts": TABLE["list"].roles,
    "POST /desk/alerts": TABLE["list"].roles,
    "GET /desk/notices": TABLE["list"].roles,
    "GET /desk/failed": TABLE["list"].roles,
    "POST /desk/failed/{entry}": TABLE["note"].roles,
    "GET /desk/channels": TABLE["traffic"].roles,
    "GET /desk/duty": TABLE["duty"].roles,
    "POST /desk/duty": TABLE["roster"].roles,
    "POST /desk/duty/remove": TABLE["roster"].roles,
    "GET /desk/dispatch": TABLE["dispatch"].roles,
    "POST /desk/dispatch/send": TABLE["dispatch"].roles,
    "POST /desk/dispatch/stay": TABLE["dispatch"].roles,
    "GET /desk/calls": TABLE["calls"].roles,
    "POST /desk/calls/take": TABLE["calls"].roles,
    "GET /desk/calls/{number}/{round}": TABLE["calls"].roles,
    "POST /desk/calls/{number}/{round}": TABLE["calls"].roles,
    "POST /desk/calls/{number}/{round}/leave": TABLE["calls"].roles,
    "GET /desk/ended": TABLE["sample"].roles,
    "GET /desk/samples": TABLE["talk"].roles,
    "GET /desk/samples/table.csv": TABLE["sample"].roles,
    "GET /desk/numbers": TABLE["export"].roles,
    "GET /desk/numbers/table.csv": TABLE["export"].roles,
    "GET /desk/reports": TABLE["export"].roles,
    "GET /desk/topics": TABLE["topics"].roles,
    "GET /desk/campaigns": TABLE["campaign"].roles,
    "POST /desk/campaigns": TABLE["campaign"].roles,
    "GET /desk/funnel": TABLE["teach"].roles,
    "GET /desk/learning": TABLE["teach"].roles,
    "GET /desk/wording": TABLE["teach"].roles,
    "GET /desk/talks": TABLE["talk"].roles,
    "GET /desk/voices": TABLE["talk"].roles,
    "GET /desk/users": TABLE["users"].roles,
    "POST /desk/users": TABLE["users"].roles,
    "GET /desk/users/one": TABLE["users"].roles,
    "POST /desk/users/change": TABLE["users"].roles,
    "POST /desk/users/block": TABLE["users"].roles,
    "POST /desk/users/password": TABLE["users"].roles,
    "POST /desk/users/out": TABLE["users"].roles,
    "GET /desk/audit": TABLE["audit"].roles,
    "GET /desk/offices": TABLE["offices"].roles,
    "GET /desk/offices/one": TABLE["offices"].roles,
    "GET /desk/offices/file": TABLE["offices"].roles,
    "POST /desk/audit/export": TABLE["audit"].roles,
    "GET /desk/audit/check": TABLE["audit"].roles,
    "POST /desk/audit/check": TABLE["audit"].roles,
    "GET /desk/tokens": TABLE["tokens"].roles,
    "POST /desk/tokens": TABLE["tokens"].roles,
    "POST /desk/tokens/revoke": TABLE["tokens"].roles,
}
"""Whose each is; of a case, of one that they see."""
BESIDE = re.compile(
    r"/desk/(?:login|logout|password|language|light|stream|campaigns/|duty/(?:away|back)|learning/|wording/|talks/|ended/|reports/|samples/|topics/|voices/|register|cases/.*/(?:slip|\{paper))"
    r"|/api/v1/(?:lifecycle|openapi|places|reports)"
)
"""Without a power of their own, or with tests of their own: what a path without a case answers depends on more."""


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
async def cases(site, city):
    """A case of each kind, every one with a photo and a voice note; which of them somebody knows."""
    numbers = {
        OWN: city.citizen("li").files_a_case(),
        OTHER: city.citizen("zhou").files_a_case("中山路的路灯坏了一个星期，晚上太黑"),
        ELSEWHERE: city.citizen("wang", institution="property").files_a_case("电梯坏了三天没人修，老人上下楼很难"),
        SEALED: city.citizen("zhao").files_a_case("隔壁工地凌晨两点还在打桩，全楼睡不着"),
    }

    def arrange(work):
        for key, number in numbers.items():
            case = work.cases.get(number, lock=True)
            case.department_id = (
                "elsewhere" if key == OTHER else "urban_management" if key != ELSEWHERE else case.department_id
            )
            case.sealed = key == SEALED
            save(work, city.institutions[case.institution], case)

    city.unit(arrange)
    return numbers


@pytest.fixture
async def evidence(site, cases):
    """Of each case, the ids of its photo and voice note."""
    taken = [(await site.evidence.take(name, data))[0] for name, data in (("a.png", picture()), ("b.mp3", MP3))]

    def add(work, number, file):
        told = {"kind": file.kind, "media_type": file.media_type, "filename": file.filename}
        return work.evidence.add(None, sha256=file.sha256, size=file.size, at=site.clock(), number=number, **told)

    return {number: tuple(site.store.run_now(add, number, file) for file in taken) for number in cases.values()}


def actor(role):
    """Somebody with that role alone: a handler of one department, no confidant."""
    departments = frozenset({"urban_management"}) if role == "handler" else frozenset()
    return Actor(f"{role}-1", frozenset({role}), "hotline", personal=role != "auditor", departments=departments)


def come_in(site, role):
    """The headers of their session, without the slow password."""
    who = actor(role)
    site.store.run_now(
        accounts.add_user,
        who.name,
        password_hash(),
        [role],
        institution=who.institution,
        at=site.clock(),
        departments=who.departments,
    )
    cookie = f"session of {role}".replace(" ", "-")
    at = site.clock()
    site.store.run_now(
        lambda work: work.accounts.add_session(
            accounts.hash_secret(cookie), who.name, CSRF, at=at, expires=at + timedelta(hours=1)
        )
    )
    return {"Cookie": f"{COOKIE}={cookie}"}


def routes(app, beginning):
    """Every method and path that is served there; HEAD goes with GET."""
    found = {(r.method, r.resource.canonical) for r in app.router.routes() if r.resource is not None}
    return sorted(f"{method} {path}" for method, path in found if path.startswith(beginning) and method != "HEAD")


def test_every_route_without_a_case_says_whose_it_is(app):
    """Those of a case are tried by themselves below."""
    known = [route for route in routes(app, "/desk") if route in NEEDS or "{number}" in route or BESIDE.search(route)]

    assert known == routes(app, "/desk")
    programs = routes(app, "/api/v1")
    assert all("{number}" in route or BESIDE.search(route) or route == "GET /api/v1/cases" for route in programs)


async def ask(client, route, number, headers, pieces=(1, 2)):
    """The answer to that request about that case: its status, and its words without what differs by number."""
    method, path = route.split()
    path = path.replace("{number}", number).replace("{row}", "999999").replace("{entry}", "999999")
    path = path.replace("{round}", "1")
    path = path.replace("{paper}", "file").replace("{id}", str(pieces[1] if path.endswith("/play") else pieces[0]))
    sent: dict[str, Any] = {"data": BODY | {"csrf": CSRF}} if method == "POST" and path.startswith("/desk") else {}
    if path.startswith("/api") and method == "POST":
        sent = {"json": CALL[path.rpartition("/")[2]]}
    async with client.request(method, path, headers=headers, allow_redirects=False, **sent) as answer:
        body = await answer.read()
        return answer.status, body.replace(number.encode(), b"NUMBER") if answer.status >= 400 else b""


def unseen(role):
    """The kinds of cases that this role knows nothing of."""
    return [OTHER, ELSEWHERE, SEALED] if role == "handler" else [ELSEWHERE, SEALED]


@pytest.mark.parametrize("role", ROLES)
async def test_a_case_that_is_not_theirs_answers_as_one_that_is_not_there(app, client, cases, evidence, role):
    site = app[SITE]
    headers = come_in(site, role)
    ours = [route for route in routes(app, "/desk/cases") if "{number}" in route]

    for kind in unseen(role):
        number = cases[kind]
        for route in ours:
            there = await ask(client, route, number, headers, evidence[number])
            nowhere = await ask(client, route, NOBODY, headers, evidence[number])
            assert there == nowhere, (role, kind, route)
            assert there[0] in {403, 404, 422}, (role, kind, route)


@pytest.mark.parametrize("role", ROLES)
async def test_what_a_role_may_do_with_a_case_that_it_sees_is_what_the_table_says(site, client, cases, evidence, role):
    headers, number = come_in(site, role), cases[OWN]

    for route, whose in NEEDS.items():
        status, _ = await ask(client, route, number, headers, evidence[number])
        assert (status == 403) == (role not in whose), (role, route, status)
        assert status not in {401, 404, 405, 500}, (role, route, status)


@pytest.mark.parametrize("role", ROLES)
async def test_a_list_and_a_search_show_no_case_that_is_not_theirs(site, client, cases, role):
    headers, hidden = come_in(site, role), [cases[kind] for kind in unseen(role)]
    pages = (
        "/desk?tab=all",
        "/desk?tab=new",
        "/desk/find?number=路灯",
        "/desk/find?number=打桩",
        "/desk/find?number=电梯",
    )

    for path in (*pages, "/desk/notices", "/desk/alerts", *(f"/desk/find?number={number}" for number in hidden)):
        async with client.get(path, headers=headers) as answer:
            text = (await answer.text()).replace(f'value="{path.rpartition("=")[2]}"', "")
            shown = re.findall(r"/desk/cases/([0-9A-Z-]+)", text)
        assert not set(shown) & set(hidden), (role, path)


@pytest.mark.parametrize("scope", accounts.SCOPES)
@pytest.mark.parametrize("role", ROLES)
async def test_a_program_reaches_no_case_that_is_not_its_own_whatever_its_scope(app, client, cases, role, scope):
    site = app[SITE]
    secret = f"{role}-{scope}"
    hashed = accounts.hash_secret(secret)
    told = {"role": role, "institution": "hotline", "scope": scope}
    site.store.run_now(accounts.add_token, hashed, f"{role}-1", at=site.clock(), **told)
    headers = {"Authorization": f"Bearer {secret}"}

    for kind in (ELSEWHERE, SEALED):
        for route in (route for route in routes(app, "/api/v1/cases") if "{number}" in route):
            there = await ask(client, route, cases[kind], headers)
            nowhere = await ask(client, route, NOBODY, headers)
            assert (there, there[0] in {403, 404, 422}) == (nowhere, True), (role, kind, route)
    async with client.get("/api/v1/cases", headers=headers) as answer:
        listed = {item["number"] for item in (await answer.json())["items"]}
    assert listed == {cases[OWN], cases[OTHER]}


@pytest.mark.parametrize("role", ROLES)
async def test_no_scope_but_personal_reads_a_phone_and_no_auditor_does(site, client, cases, role):
    for scope in accounts.SCOPES:
        secret = f"{role}-{scope}"
        told = {"role": role, "institution": "hotline", "scope": scope}
        site.store.run_now(accounts.add_token, accounts.hash_secret(secret), secret, at=site.clock(), **told)
        headers = {"Authorization": f"Bearer {secret}"}
        for path in ("/api/v1/cases", f"/api/v1/cases/{cases[OWN]}", f"/api/v1/cases/{cases[OWN]}/notices"):
            async with client.get(path, headers=headers) as answer:
                whole = "13800138000" in await answer.text()
            if not path.endswith("notices"):
                assert whole == (scope == "personal" and role in WORKERS), (role, scope, path)


def test_every_role_is_in_the_table_and_somebody_has_each_power():
    assert set().union(*(row.roles for row in rights.ROWS)) == ALL
    assert all(row.roles for row in rights.ROWS)
    assert set(rights.LABELS) == ALL
