"""The lifecycle over HTTP is the table that moves cases, as far as the institution uses it."""

from __future__ import annotations

import pytest

from backend.domain.acts import ACTS
from backend.domain.lifecycle import CORE, moves, stages
from tests.backend.web.programs import program


@pytest.fixture
def sync(site, client):
    return program(site, client)


async def test_every_status_and_move_of_an_institution_is_told(site, sync):
    told = (await sync.get("/lifecycle", institution="property")).json

    used = stages(site.institutions["property"])
    assert {row["key"] for row in told["statuses"]} == set(used)
    assert {(row["from"], row["to"]) for row in told["moves"]} == {
        (status, to) for status, to, _ in moves(site.institutions["property"])
    }


async def test_a_row_tells_what_it_needs_and_what_the_citizen_hears(sync):
    told = (await sync.get("/lifecycle")).json

    statuses = {row["key"]: row for row in told["statuses"]}
    assert statuses["received"] == {"key": "received", "label": "待受理", "told": ""}
    assert "{number}" in statuses["accepted"]["told"]
    moves = {(row["from"], row["to"]): row for row in told["moves"]}
    assert moves["received", "accepted"]["roles"] == sorted(moves["received", "accepted"]["roles"])
    assert moves["received", "refused"]["needs"] == ["ground"]
    assert moves["assigned", "answered"]["needs"] == ["answer"]


async def test_without_an_institution_it_is_the_tokens_own(site, client, sync):
    own = program(site, client, "estate", institution="property")

    assert (await own.get("/lifecycle")).json == (await sync.get("/lifecycle", institution="property")).json
    assert (await sync.get("/lifecycle")).json == (await sync.get("/lifecycle", institution="hotline")).json


async def test_an_unknown_institution_is_named(sync):
    answer = await sync.get("/lifecycle", institution="nowhere")

    assert answer.status == 422
    assert "there is no institution 'nowhere'" in answer.detail


async def test_every_institution_tells_its_own(site, sync):
    for key in site.institutions:
        told = (await sync.get("/lifecycle", institution=key)).json
        assert {row["key"] for row in told["statuses"]} >= set(CORE)


async def test_every_act_is_listed_with_its_fields_and_this_institutions_choices(sync):
    told = {row["key"]: row for row in (await sync.get("/lifecycle", institution="bus_station")).json["acts"]}

    assert set(told) == set(ACTS)
    assert [field["key"] for field in told["extend"]["fields"]] == ["clock", "until", "reason"]
    assert {one["key"] for one in told["mediation"]["fields"][0]["options"]} == {"agreed", "failed", "alone"}
