"""Staff register a call, a visit or a letter at the desk, without a script, and print its slip."""

from __future__ import annotations

import io
import re

import pytest
from aiohttp import FormData
from PIL import Image

from tests.backend.web.officers import Officer, hire

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着"
TOLD = {
    "slot-what": STORY,
    "slot-who": "李芳",
    "slot-contact": "13800138000",
    "slot-where": "幸福里3栋楼下",
    "slot-when": "昨晚11点",
    "slot-request": "夜里不放音响",
}


@pytest.fixture
async def clerk(client, site):
    """Somebody who takes calls, logged in."""
    hire(site, "赵接线", "intake", institution="hotline")
    clerk = Officer(client)
    await clerk.comes_in("赵接线")
    await clerk.opens("/desk/register")
    return clerk


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None
    return match[1]


def number(page):
    return found(r"编号 (\S+?)。", page.text)


def code(page):
    return found(r"查询码 ([A-Z2-9]{4}-[A-Z2-9]{4})", page.text)


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "JPEG")
    return kept.getvalue()


async def posts(clerk, path, *, files=(), **fields):
    form = FormData()
    for key, value in (clerk.page.form("/register").fields | fields).items():
        form.add_field(key, value)
    for name, data in files:
        form.add_field("files", io.BytesIO(data), filename=name)
    return await clerk.browser.post(path, data=form)


async def test_a_call_is_filed_and_its_slip_tells_number_time_and_code(clerk, site):
    slip = await clerk.sends("/desk/register", source="phone", **TOLD)

    assert slip.status == 200
    assert code(slip)
    assert "答复期限" in slip.text
    assert 'class="segno"' in slip.html
    case = site.store.read_now(lambda work: work.cases.get(number(slip)))
    assert (case.source, case.facts["who"]["contact"]) == ("phone", "+8613800138000")


async def test_a_citizen_follows_it_in_a_chat_with_number_and_code(clerk, neighbour):
    slip = await clerk.sends("/desk/register", source="counter", **TOLD)

    html = await (await neighbour.browser.get(f"/chat/web?case={number(slip)}")).text()
    assert f">{number(slip)}</textarea>" in html
    await neighbour.says(number(slip))
    said = await neighbour.says(code(slip))

    assert number(slip) in said[0]


async def test_the_form_sent_twice_is_one_case(clerk):
    form = clerk.page.form("/desk/register")

    first = await clerk.presses(form, **TOLD)
    second = await clerk.presses(form, **TOLD)

    assert number(first) == number(second)
    assert code(first) != code(second)


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(clerk):
    page = await clerk.sends("/desk/register", source="letter", **(TOLD | {"slot-contact": "138001", "slot-who": ""}))

    form = page.form("/desk/register")
    assert page.status == 422
    assert 'id="wrong-contact"' in page.html
    assert 'id="wrong-who"' in page.html
    assert form.fields["slot-what"] == STORY
    slip = await clerk.sends("/desk/register", source="letter", **{"slot-contact": "13800138000", "slot-who": "无"})
    assert number(slip)


async def test_while_one_types_danger_and_proposal_are_told(clerk):
    answer = await posts(clerk, "/desk/register/look", **{"slot-what": "幸福里3栋着火了，有人困在里面"})

    html = await answer.text()
    assert answer.status == 200
    assert "119" in html
    assert "特急" in html


async def test_the_same_matter_is_shown_and_joined(clerk, neighbour, site):
    filed = await neighbour.files_a_case()

    html = await (await posts(clerk, "/desk/register/look", **TOLD)).text()
    slip = await clerk.sends("/desk/register", join=filed, **TOLD)

    assert f'value="{filed}"' in html
    assert f"已并入案件 {filed}" in slip.text
    assert "joined" in [event.what for event in site.store.read_now(lambda work: work.cases.history(filed))]


async def test_a_scan_is_kept_with_the_form_and_filed_with_the_case(clerk, site):
    taken = await (await posts(clerk, "/desk/register/files", files=[("letter.jpg", picture())])).text()
    note = found(r'name="file" value="([^"]+)"', taken)

    page = await clerk.sends("/desk/register", file=note, **(TOLD | {"slot-what": ""}))
    slip = await clerk.sends("/desk/register", **TOLD)

    assert "letter.jpg" in page.text
    (row,) = site.store.read_now(lambda work: work.evidence.of_case(number(slip)))
    assert (row.kind, row.filename) == ("photo", "letter.jpg")


async def test_files_come_with_the_form_itself_too(clerk, site):
    answer = await posts(
        clerk, "/desk/register", files=[("a.jpg", picture()), ("b.exe", b"MZ nothing of ours")], **TOLD
    )

    html = await answer.text()
    (case,) = site.store.read_now(lambda work: work.cases.page(limit=5))[0]
    assert [row.filename for row in site.store.read_now(lambda work: work.evidence.of_case(case.number))] == ["a.jpg"]
    assert "b.exe" in html


async def test_a_note_of_a_file_that_is_not_ones_own_is_worth_nothing(clerk):
    page = await clerk.sends("/desk/register", file="eyJraW5kIjoicGhvdG8ifQ==.abc", **TOLD)

    assert page.status == 422


async def test_the_slip_is_printed_again_with_a_new_code(clerk):
    made = await clerk.sends("/desk/register", **TOLD)

    bare = await clerk.opens(f"/desk/cases/{number(made)}/slip")
    again = await clerk.sends("/slip")

    assert code(made) not in bare.text
    assert code(again) != code(made)


async def test_list_and_case_tell_the_source(clerk):
    made = await clerk.sends("/desk/register", source="letter", **TOLD)

    assert "来信" in (await clerk.opens("/desk?tab=all")).text
    assert "来信" in (await clerk.opens(f"/desk/cases/{number(made)}")).text


async def test_who_only_handles_cases_finds_no_form(client, site):
    hire(site, "钱办", "handler")
    handler = Officer(client)
    page = await handler.comes_in("钱办")

    assert "/desk/register" not in page.links
    assert (await handler.opens("/desk/register")).status == 403


async def test_a_form_with_keys_and_choices_that_are_none_of_ours_is_taken_or_told(clerk):
    form = clerk.page.form("/desk/register")

    form.fields["form"] = ""
    first = await clerk.presses(form, kind="none", grade="none", source="none", **TOLD)
    form.fields["form"] = "x" * 500
    second = await clerk.presses(form, **TOLD)

    assert number(first) != number(second)
    for wrong in ({"place": "none"}, {"department": "none"}, {"join": "20260101-HL-000001-1"}):
        assert (await clerk.presses(form, **(TOLD | wrong))).status == 422


async def test_words_in_the_form_are_never_markup(clerk):
    page = await clerk.sends("/desk/register", **{"slot-what": "<script>alert(1)</script>"})

    assert "<script>alert" not in page.html
