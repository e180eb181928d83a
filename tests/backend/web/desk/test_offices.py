"""How institutions are set up, to read; nothing is changed, and nobody reads another's."""

from __future__ import annotations

import pytest

from backend.services.office import files
from backend.web.desk import offices_told
from backend.web.desk.view import Reader
from institutions.catalog import load_all
from tests.backend.web.conftest import START
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/offices"
ALL = load_all()


@pytest.fixture
async def manager(site, client):
    hire(site, "陈经理", "manager", institution="hotline")
    officer = Officer(client)
    await officer.logs_in("陈经理")
    return officer


async def test_the_page_tells_what_the_file_says_and_gives_it_away(manager, client):
    page = await manager.opens(PAGE)
    assert f"{PAGE}/one?id=hotline" in page.links
    assert "网页聊天" in page.text

    page = await manager.opens(f"{PAGE}/one?id=hotline")
    assert "hotline.toml，随程序提供" in page.text
    assert "个工作日" in page.text
    answer = await client.get(f"{PAGE}/file?id=hotline")
    assert await answer.read() == files.place("hotline").read_bytes()


@pytest.mark.parametrize("key", ["property", "atlantis", "../hotline", "hotline.toml"])
async def test_what_is_not_theirs_answers_as_what_is_not_there(manager, key):
    for path in ("one", "file"):
        page = await manager.opens(f"{PAGE}/{path}?id={key}")

        assert (page.status, "没有这个机构" in page.text) == (404, True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ALL)
def test_every_institution_can_be_told_in_both_languages(key, language):
    one, reader = ALL[key], Reader(language, START)

    told = [offices_told.slots, offices_told.promises, offices_told.rules, offices_told.counts]
    assert all(part(one, reader) for part in told)
    assert len(offices_told.categories(one, reader)) == len(one.categories)
    assert offices_told.routes(one, reader)["sum"]


def test_a_file_of_ones_own_comes_before_the_built_in_and_its_mistakes_are_told(tmp_path):
    text = files.place("hotline").read_text(encoding="utf-8")
    (tmp_path / "hotline.toml").write_text(text.replace('code = "HL"', 'code = "hotline"'), encoding="utf-8")

    found = files.examine("hotline", tmp_path)

    assert found.own
    assert any("code" in mistake for mistake in found.mistakes)
    assert not files.examine("hotline").own
