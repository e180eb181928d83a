"""Probes and numbers for whoever runs it."""

from __future__ import annotations

from backend.store import schema


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


async def test_answers_are_timed_by_route_and_never_by_address(client):
    await client.get("/static/tokens.css")
    await client.get("/nobody/13800138000")

    numbers = await (await client.get("/metrics")).text()

    assert 'jiesu_request_seconds_count{method="GET",route="/static/{name}",status="200"} 1.0' in numbers
    assert 'route="none",status="404"' in numbers
    assert "13800138000" not in numbers
