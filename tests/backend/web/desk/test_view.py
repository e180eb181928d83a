"""How the desk says things: times, time limits, names; and what it does not say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.lifecycle import Status
from backend.services.cases.casework import GRADES
from backend.services.cases.view import KINDS
from backend.settings import TERMINAL, Settings, WebSettings
from backend.settings.channels import KIND_NAMES
from backend.web.desk import channels as desk_channels
from backend.web.desk import view as desk_view
from backend.web.desk.pages import own_path
from backend.web.desk.view import Reader
from backend.web.desk.words import WORDS, say
from institutions.catalog import load_all
from tests.backend.store.samples import a_case

NOW = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)  # 9:12 in China
HOTLINE = load_all()["hotline"]
READER = Reader("zh", NOW)
CHANNELS = [TERMINAL, *KIND_NAMES]
WEB = Path(desk_view.__file__).parent.parent


def case(**changes):
    place = HOTLINE.categories[0]
    return a_case(category_id=place.id, matter_id=None, department_id=HOTLINE.default_department, **changes)


@pytest.mark.parametrize("before", range(66, 82))
def test_half_a_phone_number_at_the_edge_of_a_line_is_hidden_too(before):
    told = case(facts=case().facts | {"what": "路" * before + "13800138000"})

    assert "1380013" not in desk_view.row(told, HOTLINE, {}, READER).words


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(days=6, hours=3), "答复还剩 6 天", ""),
        (timedelta(hours=47), "答复还剩 47 小时", ""),
        (timedelta(hours=3, minutes=5), "答复还剩 3 小时", "warn"),
        (timedelta(minutes=20), "答复还剩 20 分钟", "warn"),
        (timedelta(seconds=20), "答复还剩 不到 1 分钟", "warn"),
        (timedelta(seconds=-30), "答复还剩 不到 1 分钟", "warn"),
        (timedelta(minutes=-1), "答复已超 1 分钟", "bad"),
        (timedelta(days=-2), "答复已超 2 天", "bad"),
    ],
)
def test_a_time_limit_is_told_in_words_and_tone(left, words, tone):
    (due,) = desk_view.dues(case(due={"answer": NOW + left}), HOTLINE, READER)

    assert (due.left.text, due.left.tone) == (words, tone)


def test_the_next_time_limit_comes_first():
    dues = desk_view.dues(
        case(due={"answer": NOW + timedelta(days=7), "accept": NOW + timedelta(hours=2)}), HOTLINE, READER
    )

    assert [due.clock for due in dues] == ["受理", "答复"]


@pytest.mark.parametrize("status", [Status.SUPPLEMENTING, Status.SUSPENDED, Status.CLOSED])
def test_a_case_that_waits_for_the_citizen_or_is_over_has_no_running_time_limit(status):
    assert desk_view.dues(case(status=status, due={"answer": NOW}), HOTLINE, READER) == []


def test_a_time_is_told_without_the_year_unless_it_is_another():
    assert READER.moment(NOW, HOTLINE).text == "11月21日 9:12"
    assert READER.moment(NOW - timedelta(days=365), HOTLINE).text == "2025年11月21日 9:12"
    assert Reader("en", NOW).moment(NOW, HOTLINE).text == "21 Nov 9:12"


def test_numbers_of_persons_are_masked_unless_they_are_shown():
    said = "电话13800138000，找我"

    assert READER.private(said) == "电话138****8000，找我"
    assert Reader("zh", NOW, shown=True).private(said) == said


def test_only_the_first_line_of_a_long_story_stands_in_the_list():
    facts = {"who": {"name": None, "contact": None}, "what": "灯不亮" * 60 + "\n第二行"}

    row = desk_view.row(case(facts=facts), HOTLINE, {"voice": 1, "photo": 2}, READER)

    assert row.words == ("灯不亮" * 60)[:80] + "…"
    assert row.evidence == (("photo", 2), ("voice", 1))


def test_a_category_that_is_no_more_stands_for_itself():
    assert desk_view.called(HOTLINE, "gone", "gone/lost", READER) == "gone/lost"
    assert desk_view.department_name(HOTLINE, "gone", READER) == "gone"


def test_both_languages_say_everything_with_the_same_facts():
    for key, (zh, en) in WORDS.items():
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), key
        assert bool(zh) == bool(en), key


def test_every_word_that_a_page_asks_for_is_there():
    asked = set()
    for path in (WEB / "templates" / "desk").glob("*.html"):
        asked |= set(re.findall(r"""\bt\('([\w.]+)'(?! ~)""", path.read_text(encoding="utf-8")))
    for path in (WEB / "desk").glob("*.py"):
        asked |= set(re.findall(r"""(?:\bt|reader\.t|say)\((?:\w+, )?"([\w.]+)\"""", path.read_text(encoding="utf-8")))

    assert asked - set(WORDS) == set()


def test_every_key_of_a_case_has_words():
    for prefix, keys in (("kind", KINDS), ("grade", GRADES), ("to", Status), ("channel", CHANNELS)):
        for key in keys:
            assert say("en", f"{prefix}.{key}") != say("zh", f"{prefix}.{key}")


def test_a_channel_bears_its_own_name_only_beside_another_of_its_kind():
    one, two = WebSettings(name="web"), WebSettings(name="estate")
    alone, both = Settings(channel=(one,)), Settings(channel=(one, two))

    assert desk_channels.called(alone, "web", reader=READER) == "网页聊天"
    assert desk_channels.called(both, "estate", reader=Reader("en", NOW)) == "Web chat (estate)"
    assert desk_channels.called(both, "terminal", reader=READER) == "终端"
    assert desk_channels.called(both, "gone", reader=READER) == "gone"


@given(st.text())
def test_whatever_is_wanted_leads_to_a_page_of_the_desk(wanted):
    place = own_path(wanted)

    assert place == "/desk" or place.startswith(("/desk/", "/desk?"))
    assert "//" not in place
    assert "\\" not in place
