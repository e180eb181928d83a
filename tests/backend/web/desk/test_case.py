"""A case on the desk: what is seen of it, what is done with it, and what is never overwritten."""

from __future__ import annotations

import pytest

from backend.domain.lifecycle import RULES, Status
from backend.services.cases import notices
from backend.services.office import listing
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk import moves as desk_moves
from backend.web.desk import words as desk_words
from tests.backend.services.city import City
from tests.backend.store.samples import CITY
from tests.backend.web.officers import Officer, hire

PHONE = "13800138000"
ANSWER = "已现场查处，店家拆除了音响。"


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


@pytest.fixture
async def page(officer, number):
    return await officer.opens(f"/desk/cases/{number}")


def events(city, number):
    return [(event.by, event.what) for event in city.store.read_now(lambda work: work.cases.history(number))]


async def test_the_page_tells_what_was_said_and_proposed_and_why(page, number):
    for told in (
        number,
        "烧烤店又在放音响",
        "幸福里3栋楼下",
        "昨晚",
        "待受理",
        "系统按这些词建议：",
        "烧烤",
        "受理还剩",
    ):
        assert told in page.text


async def test_the_phone_is_hidden_until_somebody_says_why_and_again_after_eight_hours(
    officer, city, page, number, clock
):
    assert PHONE not in page.html
    assert "138****8000" in page.text

    shown = await officer.sends("/who", reason="要打电话核实")

    assert PHONE in shown.html
    assert events(city, number)[-1] == ("王主任", "looked")
    clock.advance(hours=7, minutes=59)
    assert PHONE in (await officer.opens(f"/desk/cases/{number}")).html
    clock.advance(minutes=1)
    assert PHONE not in (await officer.opens(f"/desk/cases/{number}")).html


async def test_who_only_audits_sees_no_phone_and_no_button(site, client, number):
    hire(site, "审计员", "auditor")
    auditor = Officer(client)
    page = await auditor.comes_in("审计员", path=f"/desk/cases/{number}")

    assert [form.action for form in page.forms if form.action.startswith("/desk/cases/")] == []
    forged = page.form("/desk/logout")
    for path in ("who", "say", "note", "correct"):
        forged.action = f"/desk/cases/{number}/{path}"
        refused = await auditor.presses(forged, text="您好", grade="urgent", seen="99")
        assert (refused.status, "只能查看" in refused.text, PHONE in refused.html) == (403, True, False)


async def test_from_filing_to_closing_by_forms_alone(officer, city, page, number):
    assert page.offers()[0] == "accepted"
    page = await officer.moves("accepted", note="我们会尽快核实。")
    assert "状态已改为“已受理”。" in page.text
    assert page.offers()[0] == "assigned"
    page = await officer.moves("assigned", department=page.form("/move", to="assigned").fields["department"])
    assert page.offers()[0] == "answered"
    page = await officer.moves("answered", answer=ANSWER)

    assert "回访中" in page.text
    assert ANSWER in page.text
    assert [kind for kind, _ in city.owed(number)] == ["status", "status", "status", "survey"]
    page = await officer.moves("closed")
    assert "已办结" in page.text
    page = await officer.moves("reopened", note="市民来电说没有解决。")
    assert "重新办理" in page.text
    assert "第 2 次办理" in page.text


async def test_the_answer_and_the_rating_come_and_go_through_the_chat(officer, citizen, city):
    number = await citizen.files_a_case()
    city.answer(number)
    for question, value in (("contacted", "yes"), ("solved", "no")):
        await citizen.sends({"choice": f"visit:{number}:{question}:{value}"})

    page = await officer.opens(f"/desk/cases/{number}")

    assert "重新办理" in page.text
    assert "问题解决了 没有解决" in page.text
    assert "没解决" in page.text  # the button that was pressed, by its label


async def test_a_button_pressed_twice_acts_once(officer, city, page, number):
    form = page.form("/move", to="accepted")
    await officer.presses(form)
    before = events(city, number)

    again = await officer.presses(form)

    assert again.status == 200
    assert events(city, number) == before


async def test_what_a_colleague_did_meanwhile_is_told_and_what_was_typed_is_kept(
    officer, colleague, city, page, number
):
    await colleague.opens(f"/desk/cases/{number}")
    await colleague.moves("refused", ground="不在受理范围。")

    refused = await officer.presses(page.form("/move", to="accepted"), note="马上派人去看。")

    assert refused.status == 409
    assert "李科长" in refused.text
    assert "改为“不予受理”" in refused.text
    assert "马上派人去看。" in refused.text
    assert city.case(number).status is Status.REFUSED


async def test_a_colleagues_word_stops_a_move_until_it_was_seen(officer, colleague, city, page, number):
    await colleague.opens(f"/desk/cases/{number}")
    await colleague.sends("/note", text="重复件，先别受理")

    refused = await officer.presses(page.form("/move", to="accepted"), note="马上派人去看。")
    assert refused.status == 409
    assert refused.form("/move", to="accepted").fields["note"] == "马上派人去看。"
    await officer.moves("accepted")

    assert city.case(number).status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("to", "why"),
    [("refused", "请写不予受理的依据"), ("supplementing", "请勾选还缺什么"), ("transferred", "请写明转给哪个单位")],
)
async def test_what_a_move_needs_is_asked_for(officer, page, to, why):
    assert page.status == 200

    refused = await officer.moves(to, note="  ", ground="")

    assert refused.status == 422
    assert why in refused.text
    assert "待受理" in refused.text


async def test_a_department_that_is_none_is_refused_with_what_was_typed(officer, city, page, number):
    await officer.moves("accepted")

    refused = await officer.moves("assigned", department="moon", note="请今天去看。")

    assert refused.status == 422
    assert "请重新选择" in refused.text or "请选择承办部门" in refused.text
    assert refused.form("/move", to="assigned").fields["note"] == "请今天去看。"


@pytest.mark.parametrize("to", ["closed", "answered", "nonsense", ""])
async def test_a_move_that_is_not_offered_is_refused(officer, city, page, number, to):
    form = page.form("/move", to="accepted")

    refused = await officer.presses(form, to=to, answer="好的。")

    assert refused.status in {409, 422}
    assert city.case(number).status is Status.RECEIVED


async def test_only_the_moves_of_ones_role_are_offered(site, client, number):
    hire(site, "审核员", "reviewer")
    officer = Officer(client)
    page = await officer.comes_in("审核员", path=f"/desk/cases/{number}")

    assert page.offers() == []
    assert "没有您可以做的操作" in page.text


async def test_a_form_without_its_token_does_nothing(officer, city, page, number):
    before = events(city, number)
    for ending, fill in (
        ("/move", {}),
        ("/say", {"text": "您好"}),
        ("/note", {"text": "x"}),
        ("/correct", {"grade": "urgent"}),
        ("/who", {"reason": "要打电话核实"}),
    ):
        forged = page.form(ending)
        refused = await officer.presses(forged, csrf="stolen", **fill)
        assert refused.status == 403

    assert events(city, number) == before


async def test_a_token_in_the_header_counts_as_well(officer, city, page, number):
    form = page.form("/note")
    token = form.fields.pop("csrf")

    answer = await officer.browser.post(
        form.action, data=form.fields | {"text": "头里带的"}, headers={"X-CSRF-Token": token}
    )

    assert answer.status == 200
    assert events(city, number)[-1] == ("王主任", "noted")


async def test_one_button_corrects_the_category_and_the_department_follows(officer, city, page, number):
    institution = city.institutions["hotline"]
    transport = next(c for c in institution.categories if c.name == "交通运输")
    form = next(f for f in page.forms if f.action.endswith("/correct") and "grade" in f.fields)

    page = await officer.presses(form, place=transport.id)

    case = city.case(number)
    assert (case.category_id, case.department_id) == (transport.id, transport.department)
    assert "更正已保存" in page.text
    assert f"→ {transport.name}" in page.text


async def test_grade_and_kind_are_corrected_and_saving_nothing_is_no_event(officer, city, page, number):
    form = next(f for f in page.forms if f.action.endswith("/correct") and "grade" in f.fields)
    before = len(events(city, number))
    await officer.presses(form)
    assert len(events(city, number)) == before

    page = await officer.presses(form, grade="urgent", kind="report")

    assert (city.case(number).grade, city.case(number).kind) == ("urgent", "report")
    assert "一般 → 紧急" in page.text


@pytest.fixture
def doubtful(city, number):
    """The case, its proposal unsure."""

    def doubt(work):
        case = work.cases.get(number)
        case.proposal = case.proposal | {"decided": False}
        work.cases.save(case, zone=CITY)

    city.unit(doubt)
    return number


async def test_an_unsure_proposal_is_confirmed_once(officer, city, doubtful):
    page = await officer.opens(f"/desk/cases/{doubtful}")
    assert "系统拿不准，请确认。" in page.text
    form = page.form("/confirm")

    page = await officer.presses(form)
    await officer.presses(form)

    assert "归类已确认。" in page.text
    assert "系统拿不准" not in page.text
    assert [what for _, what in events(city, doubtful)].count("corrected") == 1
    assert "确认归类 王主任" in page.text


async def test_what_was_accepted_or_corrected_asks_for_no_confirmation(officer, city, doubtful):
    await officer.opens(f"/desk/cases/{doubtful}")
    form = officer.page.form("/confirm")

    page = await officer.moves("accepted")

    assert "系统拿不准" not in page.text
    assert not [form for form in page.forms if form.action.endswith("/confirm")]
    before = events(city, doubtful)
    await officer.presses(form)
    assert events(city, doubtful) == before


async def test_a_channel_is_called_by_what_it_is(officer, page, number):
    await officer.sends("/say", text="请补一张照片")

    assert "来源渠道 网页聊天（web）" in page.text
    assert "留言 · 网页聊天（web）" in officer.page.text


async def test_a_visit_back_that_was_only_sent_is_called_sent(officer, city, number):
    city.answer(number)

    page = await officer.opens(f"/desk/cases/{number}")

    assert "已按时发出回访" in page.text
    assert "按时完成：回访" not in page.text
    assert "按时完成：答复" in page.text


async def test_the_note_of_a_case_that_is_passed_on_asks_to_whom(page):
    assert "转交给哪个单位（会告诉市民）" in page.text


async def test_a_word_to_the_citizen_is_queued_and_a_note_is_not(officer, city, page, number):
    await officer.sends("/say", text="请补一张照片")
    page = await officer.sends("/note", text="老问题")

    assert city.owed(number) == [("message", notices.spoken(number, "请补一张照片", "zh"))]
    assert "等待发送" in page.text
    assert "内部备注" in page.text
    assert "老问题" in page.text


async def test_nothing_written_is_told_so(officer, page):
    refused = await officer.sends("/say", text=" \n ")

    assert refused.status == 422
    assert "请先写点内容" in refused.text


async def test_markup_is_shown_and_never_run(officer, city):
    number = city.citizen().files_a_case("<img src=x onerror=alert(1)> 物业不退装修押金")
    await officer.opens(f"/desk/cases/{number}")
    page = await officer.sends("/note", text="</textarea><script>alert(2)</script>")

    assert "<img src=x" not in page.html
    assert "<script>alert" not in page.html
    assert "<img src=x onerror=alert(1)>" in page.text


async def test_a_case_that_is_none_is_a_sentence(officer):
    page = await officer.opens("/desk/cases/20261121-HL-000412-7", Accept="text/html")

    assert page.status == 404
    assert "没有这个案件" in page.text


async def test_the_whole_page_speaks_english(officer, city, number):
    city.answer(number)
    await officer.opens("/desk/language?to=en")

    page = await officer.opens(f"/desk/cases/{number}")

    for told in ("What the citizen said", "Follow-up", "History", "Accepted → With the department", "Close"):
        assert told in page.text


async def test_pages_are_kept_by_no_cache_and_framed_by_nobody(officer, number):
    answer = await officer.browser.get(f"/desk/cases/{number}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in await answer.text()
    assert " style=" not in await answer.text()


def test_every_status_has_a_verb_in_both_languages():
    for status in Status:
        assert all(desk_words.WORDS[f"to.{status}"])


def test_the_usual_step_is_always_a_move_the_table_allows():
    for status, to in desk_moves.NEXT.items():
        assert set(to) <= set(RULES[status].then)
    assert set(listing.TABS["over"]) - {Status.CLOSED} <= set(Status) - set(desk_moves.NEXT)


async def test_a_number_that_no_event_has_is_refused(officer, page):
    refused = await officer.sends("/say", text="您好", seen="9" * 5000)

    assert refused.status == 422


async def test_words_longer_than_a_message_are_told_so_and_stay_in_the_form(officer, page, city, number):
    before = events(city, number)

    refused = await officer.sends("/say", text="长" * (LONGEST_TEXT + 1))

    assert refused.status == 422
    assert f"一次最多 {LONGEST_TEXT} 个字" in refused.text
    assert "长" * (LONGEST_TEXT + 1) in refused.html
    assert events(city, number) == before
