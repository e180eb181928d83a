"""The example town: it fills, shows every status, tells nobody's real number, and its histories hold."""

from __future__ import annotations

import asyncio
import random
import re
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from backend import main
from backend.demo import __main__ as demo
from backend.demo import drawings, fates, filling, officers, telling, town
from backend.domain import survey
from backend.domain.lifecycle import CORE, Status
from backend.services.cases import sealing
from backend.services.files import sniff
from backend.settings import Settings, WebSettings
from backend.store import schema
from institutions.catalog import load_all

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # a Friday at noon in China
CHINA = ZoneInfo("Asia/Shanghai")
CASES = len(fates.FATES)  # the smallest town that has each fate
CHANNELS = {"hotline": "web", "property": "owners"}
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
TOWN = town.load()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    channels = tuple(WebSettings(name=name, institution=home) for home, name in CHANNELS.items())
    settings = Settings(database="sqlite:///town.db", evidence="evidence", channel=channels, folder=folder)
    schema.upgrade(settings.database_url)
    composed = main.compose(settings)
    yield composed
    composed.store.close()


@pytest.fixture(scope="module")
def cases(site):
    filling_up = filling.fill(site, TOWN, channels=CHANNELS, now=NOW, cases=CASES, seed=7, tell_of=lambda _: None)
    asyncio.run(filling_up)
    found, _ = site.store.read_now(lambda work: work.cases.page(limit=500))
    return found


def told(work):
    """Everything that anybody said to anybody."""
    people = {
        person.id for case, _ in [work.cases.page(limit=500)] for c in case for person in work.cases.people_of(c.number)
    }
    return [line.text for person in people for line in work.journal.talk(person)]


def test_every_case_is_filed_under_a_number_of_its_own(cases):
    assert len({case.number for case in cases}) == len(cases) == CASES


def test_every_status_that_these_institutions_have_can_be_seen(site, cases):
    used = CORE | {Status(stage) for home in CHANNELS for stage in site.institutions[home].stages}

    assert {case.status for case in cases} == used


def test_every_case_is_where_its_fate_wanted_it(site, cases):
    lives = filling.plan(site, TOWN, channels=CHANNELS, now=NOW, cases=CASES, seed=7)
    wanted = [life.fate.name for life in lives if life.fate.name in set(Status)]

    assert set(wanted) <= {case.status.value for case in cases}


def test_nothing_happens_in_the_future(site, cases):
    assert all(case.filed_at < NOW and case.status_at <= NOW for case in cases)
    assert min(case.filed_at for case in cases) > NOW - timedelta(days=filling.DAYS + 1)


def test_some_promises_are_broken(cases):
    assert any(due < NOW for case in cases for due in case.due.values())


def test_some_citizens_sent_photos(site, cases):
    rows = [row for case in cases for row in site.store.read_now(lambda work, n: work.evidence.of_case(n), case.number)]

    assert rows
    assert {row.kind for row in rows} == {"photo"}


def test_every_history_holds(site, cases):
    assert site.store.read_now(sealing.verify) == []
    assert site.store.run_now(sealing.seal, at=NOW) == 0


def test_no_notice_is_left_in_the_outbox(site, cases):
    states = {
        row.state for case in cases for row in site.store.read_now(lambda work, n: work.outbox.of_case(n), case.number)
    }

    assert {"delivered"} <= states <= {"accepted", "delivered"}


def test_notices_go_out_when_they_are_caused_and_most_are_soon_read(site, cases):
    rows = [row for case in cases for row in site.store.read_now(lambda work, n: work.outbox.of_case(n), case.number)]
    sent = [row for row in rows if row.state == "accepted"]
    took = sorted(row.changed_at - row.created_at for row in rows if row.state == "delivered")

    assert all(row.changed_at - row.created_at <= timedelta(hours=1) for row in sent)
    assert took[len(took) // 2] < timedelta(hours=1)
    assert took[len(took) * 9 // 10] < timedelta(hours=16), "who is told at night reads it in the morning"


def test_a_visit_back_is_asked_within_the_hour_in_which_it_is_due(site, cases):
    late = []
    for case in cases:
        institution = site.institutions[case.institution]
        history = site.store.read_now(lambda work, n: work.cases.history(n), case.number)
        late += [
            asked.at - survey.over(institution, answered.at, institution.survey.after)
            for answered, asked in pairwise(e for e in history if e.what == "moved")
            if asked.by == "system" and asked.detail["to"] == "visiting_back"
        ]

    assert late
    assert max(late) <= timedelta(hours=1)


def test_no_number_of_a_real_person_is_told(site, cases):
    numbers = {number for text in site.store.read_now(told) for number in PHONE.findall(text)}

    assert numbers
    assert all(number.startswith("1990000") for number in numbers)


def test_a_whole_town_tells_no_story_twice(site):
    lives = filling.plan(site, TOWN, channels=CHANNELS, now=NOW, cases=filling.FULL, seed=7)

    assert len({life.telling.text for life in lives}) == len(lives) == filling.FULL
    assert {life.telling.story.voices for life in lives} >= {story.voices for story in TOWN.stories}


def test_the_same_seed_makes_the_same_town(site):
    first, second = (filling.plan(site, TOWN, channels=CHANNELS, now=NOW, cases=40, seed=3) for _ in range(2))

    assert [(life.filed, life.telling, life.fate) for life in first] == [
        (life.filed, life.telling, life.fate) for life in second
    ]


def story_id(story: town.Story) -> str:
    return story.say[0][:20]


@pytest.mark.parametrize("story", TOWN.stories, ids=story_id)
def test_a_story_names_what_exists_and_leaves_no_gap(story):
    institution = load_all()[story.institution]
    said = telling.tell(story, TOWN, random.Random(1), at=NOW.astimezone(CHINA))
    officer = [getattr(story, key).format_map(said.fill) for key in ("matter", "found", "done", "refuse", "pass_on")]

    assert story.category in {category.id for category in institution.categories}
    assert story.department in {"", *(department.id for department in institution.departments)}
    assert story.photo in {"", *drawings.THINGS}
    assert not any("{" in text for text in (said.text, said.wish, *officer))


def test_there_are_stories_enough():
    assert len(TOWN.stories) >= 60
    assert {story.language for story in TOWN.stories} == {"zh", "en"}


@pytest.mark.parametrize("thing", drawings.THINGS)
def test_a_drawing_is_a_photo_that_may_be_sent(thing):
    rng = random.Random(5)
    first, second = drawings.draw(thing, rng), drawings.draw(thing, rng)

    assert sniff.look(first, "IMG.jpg").kind == "photo"
    assert first != second


def test_everything_that_fates_do_is_known():
    done = {name for fate in fates.FATES for name in fate.deeds}

    assert done <= set(fates.DEEDS) == set(officers.DO)


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_deeds_come_in_order_and_before_now(hour):
    rng, now = random.Random(2), NOW.replace(hour=hour)
    story = replace(TOWN.stories[0], urgent=hour == 9)
    for fate in fates.FATES:
        filed = now - timedelta(days=fate.ages[0])
        done = fates.times(fate, story, rng, filed=filed, now=now, zone=CHINA)

        assert [filed, *done, now] == sorted([filed, *done, now])


def test_the_demo_never_touches_the_real_database(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jiesu.toml").write_text('database = "sqlite:///real.db"', encoding="utf-8")

    assert demo.run(["--fill-only", "--cases", "3"]) == 0
    assert not (tmp_path / "real.db").exists()
    assert (tmp_path / "var" / "demo.db").exists()
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("filling the example city into var/demo.db (")


def test_a_taken_port_is_told_before_anything_is_filled_and_names_make_demo(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert demo.run(["--port", str(taken.getsockname()[1])]) == 1

    assert "make demo PORT=9000" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_port_gets_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert demo.run(["--port", "99999"]) == 2
    assert capsys.readouterr().err.startswith("jiesu: ")
