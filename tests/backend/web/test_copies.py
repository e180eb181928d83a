"""A citizen's own data behind a link: once, for an hour, all of theirs and nothing of others."""

from __future__ import annotations

import io
import json
import re
from zipfile import ZipFile

import pytest

from backend.services.privacy import looks
from backend.services.talks.intake import StoredFile
from tests.backend.services.city import OFFICER, City

PHOTO = StoredFile("photo", "image/png", "现场.png", "a" * 64, 10)
PHONE = "13800138000"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def li(city):
    """Somebody with a case that was answered, and with a draft."""
    li = city.citizen()
    li.says(files=(PHOTO,))
    li.number = li.files_a_case()
    city.answer(li.number)
    return li


def link(li):
    said = "\n".join(li.says("导出我的资料"))
    return re.findall(r"/chat/copy/[0-9a-f]{32}", said)[0]


async def fetched(client, path):
    response = await client.post(path)
    assert response.status == 200, await response.text()
    assert response.headers["Cache-Control"] == "no-store"
    with ZipFile(io.BytesIO(await response.read())) as archive:
        data, read = sorted(archive.namelist(), key=lambda name: not name.endswith("json"))
        return json.loads(archive.read(data)) | {"page": archive.read(read).decode()}


async def test_everything_of_theirs_is_in_it(client, li, city):
    city.unit(looks.ask, city.institutions, li.number, "核实", by=OFFICER, at=city.now)
    told = await fetched(client, link(li))

    (case,) = told["cases"]
    assert (case["number"], case["who"]["contact"], case["answer"]) == (
        li.number, f"+86{PHONE}", "已现场查处，店家拆除了音响。")  # fmt: skip
    assert case["evidence"][0]["sha256"] == PHOTO.sha256
    assert any("烧烤店" in line["text"] for line in told["conversation"])
    assert len(told["looks"]) == 1
    for words in (li.number, "烧烤店", PHONE):
        assert words in told["page"]


async def test_the_link_counts_once(client, li):
    path = link(li)
    assert (await client.get(path)).status == 200
    assert (await client.get(path)).status == 200
    await fetched(client, path)

    again = await client.post(path)
    assert again.status == 410
    assert "再发一次" in await again.text()


async def test_the_link_ends_after_an_hour(client, li, clock, city):
    path = link(li)
    clock.now = city.now
    clock.advance(minutes=61)

    assert (await client.get(path)).status == 410
    assert (await client.post(path)).status == 410


async def test_a_newer_link_takes_the_place_of_the_older(client, li):
    older, newer = link(li), link(li)

    assert (await client.post(older)).status == 410
    await fetched(client, newer)


async def test_an_invented_link_opens_nothing(client, li):
    link(li)

    assert (await client.post("/chat/copy/" + "0" * 32)).status == 410
    assert (await client.get("/chat/copy/short")).status == 404


async def test_what_the_office_noted_and_who_did_it_is_not_in_it(client, li, city):
    path = link(li)
    told = json.dumps(await fetched(client, path), ensure_ascii=False)

    assert OFFICER.name not in told


async def test_of_a_case_of_others_only_their_own_part_is_in_it(client, li, city):
    wang = city.citizen("wang")
    city.unit(lambda work: work.cases.bind(li.number, _known(work, wang, city), "joint", at=city.now))
    told = await fetched(client, link(wang))

    (case,) = told["cases"]
    assert (case["number"], case["told"], case["evidence"]) == (li.number, [], [])
    assert PHONE not in json.dumps(told)


def _known(work, citizen, city) -> int:
    return int(work.people.find_or_add("web", citizen.name, language="zh", at=city.now).id)


async def test_what_citizens_wrote_is_text_on_the_page(client, city):
    wang = city.citizen("wang")
    wang.says("<script>alert(1)</script>小区门口路灯坏了一个月了")

    told = await fetched(client, link(wang))

    assert "<script>" not in told["page"]
    assert told["not_registered"]


async def test_who_was_forgotten_has_no_link_any_more(client, li):
    path = link(li)
    li.says("忘记我")
    li.says(choice="forget.yes")

    assert (await client.post(path)).status == 410
