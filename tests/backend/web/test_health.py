"""Probes and numbers for whoever runs it."""

from __future__ import annotations

import structlog

from backend.store import schema
from backend.store.errors import StoreUnavailable
from backend.web.health import DATABASE, Database
from tests.backend.web.test_limits import Watch


async def test_a_process_that_answers_is_live(client):
    answer = await client.get("/health/live")

    assert (answer.status, await answer.json()) == (200, {"status": "live"})


async def test_it_is_ready_when_the_database_can_be_read(client):
    answer = await client.get("/health/ready")

    assert (answer.status, await answer.json()) == (200, {"status": "ready"})


async def test_an_older_schema_is_not_ready_and_says_what_to_run(client, settings):
    schema.downgrade(settings.database_url, "base")

    answer = await client.get("/health/ready")

    assert answer.status == 503
    assert "run jiesu migrate" in (await answer.json())["why"]


async def test_a_closed_database_is_not_ready(client, site):
    site.store.close()

    answer = await client.get("/health/ready")

    assert answer.status == 503
    assert (await answer.json())["why"] == "database"


async def test_a_full_disk_is_not_ready_for_a_minute_and_is_logged_once():
    watch = Watch()
    database = Database(clock=watch)
    with structlog.testing.capture_logs() as logs:
        for _ in range(5):
            database.failed(StoreUnavailable("the disk that holds /x.db is full", "free some space", full=True))

    assert [entry["why"] for entry in logs] == ["the disk that holds /x.db is full; free some space"]
    assert database.full
    watch.now += 61
    assert not database.full
    with structlog.testing.capture_logs() as logs:
        database.failed(StoreUnavailable("the server is down", "start it"))
    assert len(logs) == 1
    assert not database.full


async def test_after_a_write_failed_for_want_of_space_we_are_not_ready_and_no_place_is_told(client, app):
    with structlog.testing.capture_logs():
        app[DATABASE].failed(StoreUnavailable("PostgreSQL at db.intern is full", "free some space", full=True))

    answer = await client.get("/health/ready")

    assert (answer.status, await answer.json()) == (503, {"status": "not ready", "why": "database"})


async def test_answers_are_timed_by_route_and_never_by_address(client):
    await client.get("/static/tokens.css")
    await client.get("/nobody/13800138000")

    numbers = await (await client.get("/metrics")).text()

    assert 'jiesu_request_seconds_count{method="GET",route="/static/{name}",status="200"} 1.0' in numbers
    assert 'route="none",status="404"' in numbers
    assert "13800138000" not in numbers
