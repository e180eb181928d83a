"""The roster and absences at the desk, and what a deputy then sees and does."""

from __future__ import annotations

import pytest

from backend.services.office import accounts
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire, password_hash


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


def handler(site, name, *departments):
    """A handler of these departments of the hotline."""
    site.store.run_now(
        accounts.add_user,
        name,
        password_hash(),
        ["handler"],
        institution="hotline",
        at=site.clock(),
        departments=departments,
    )


async def test_whoever_leads_puts_somebody_on_duty_and_takes_them_off(site, client):
    handler(site, "小孙")
    hire(site, "赵主任", "coordinator", institution="hotline")
    leader = Officer(client)
    await leader.comes_in("赵主任", path="/desk/duty")
    today = site.clock().date().isoformat()

    page = await leader.sends("/desk/duty?institution=hotline", day=today, user="小孙", note="白班")
    assert "值班表已保存" in page.text
    assert "小孙 白班" in page.text

    page = await leader.sends("/desk/duty/remove?institution=hotline")
    assert "白班" not in page.text


async def test_a_handler_reads_the_roster_and_does_not_keep_it(site, client):
    handler(site, "小孙")
    sun = Officer(client)
    page = await sun.comes_in("小孙", path="/desk/duty")
    assert not [form for form in page.forms if form.action == "/desk/duty?institution=hotline"]

    forged = page.form("/desk/duty/away?institution=hotline")
    forged.action = "/desk/duty?institution=hotline"
    refused = await sun.presses(forged, day=site.clock().date().isoformat(), user="小孙")
    assert refused.status == 403


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"until": "2000-01-01"}, 422), ({"until": "soon"}, 422), ({"until": "2099-01-01", "deputy": "小孙"}, 422)],
)
async def test_an_absence_that_cannot_be_is_told_why(site, client, typed, status):
    handler(site, "小孙")
    sun = Officer(client)
    await sun.comes_in("小孙", path="/desk/duty")

    page = await sun.sends("/desk/duty/away?institution=hotline", **typed)

    assert page.status == status


async def test_a_deputy_sees_and_moves_the_cases_of_who_is_away_and_the_history_says_for_whom(site, client, city):
    number = city.citizen().files_a_case()
    case = city.case(number)
    handler(site, "小王", case.department_id)
    handler(site, "小赵", "nowhere")
    city.move(number, "accepted")
    city.move(number, "assigned", department=case.department_id, officer="小王")
    wang, zhao = Officer(client), Officer(client)

    page = await zhao.comes_in("小赵", path=f"/desk/cases/{number}")
    assert page.status == 404
    await zhao.opens("/desk")
    await zhao.sends("/desk/logout")
    await wang.comes_in("小王", path="/desk/duty")
    page = await wang.sends("/desk/duty/away?institution=hotline", until="2026-12-24", deputy="小赵")
    assert "由 小赵 代理" in page.text
    await wang.sends("/desk/logout")

    page = await zhao.comes_in("小赵", path=f"/desk/cases/{number}")
    assert page.status == 200
    await zhao.moves("answered", answer="已经处理，谢谢您的反映。")
    past = site.store.read_now(lambda work: work.cases.history(number))
    (moved,) = [event for event in past if event.what == "moved" and event.by == "小赵"]
    assert moved.detail["for"] == "小王"
    assert "小赵（代 小王）" in zhao.page.text
