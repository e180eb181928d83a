"""A campaign's forms as they are read: days that no zone can tell are refused."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from backend.services.campaigns.planning import BadCampaign
from backend.web.desk import campaigns_form

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "", "x"])
@pytest.mark.parametrize("end", ["first", "last"])
def test_people_are_asked_about_days_that_there_are(end, day):
    with pytest.raises(BadCampaign):
        campaigns_form.population({"first": "2026-11-01", "last": "2026-11-30"} | {end: day})


@pytest.mark.parametrize("time", ["0001-01-01T00:00", "9999-12-31T23:59", "", "x"])
@pytest.mark.parametrize("end", ["start", "end"])
def test_a_campaign_runs_at_times_that_there_are(end, time):
    with pytest.raises(BadCampaign):
        campaigns_form.plan({"start": "2026-11-21T09:00", "end": "2026-11-30T18:00"} | {end: time}, CHINA)
