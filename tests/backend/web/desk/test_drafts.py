"""Browsers hear that what they sent was saved, and only then forget their draft."""

from __future__ import annotations

from backend.web.desk import drafts


def saved(officer):
    return {cookie.key: cookie.value for cookie in officer.browser.session.cookie_jar}.get(drafts.SAVED)


def names(officer, what="abc123"):
    address = officer.browser.make_url("/desk")
    officer.browser.session.cookie_jar.update_cookies({drafts.SENDING: what}, address)


async def test_a_form_that_was_carried_out_is_named_back(officer):
    await officer.opens("/desk/alerts")
    names(officer)
    await officer.sends("/desk/logout")

    assert saved(officer) != "abc123"  # that leads to the login page: whoever leaves takes nothing along


async def test_a_remark_that_was_saved_is_named_back_and_one_without_words_is_not(officer, citizen):
    number = await citizen.files_a_case()
    await officer.opens(f"/desk/cases/{number}")
    names(officer, "first")
    page = await officer.sends("/note", text="")
    assert (page.status, saved(officer)) == (422, None)

    names(officer, "second")
    await officer.sends("/note", text="已电话联系")

    assert saved(officer) == "second"


async def test_a_name_that_no_browser_of_ours_gives_is_not_said_back(officer, citizen):
    number = await citizen.files_a_case()
    await officer.opens(f"/desk/cases/{number}")
    names(officer, "a%20b")

    await officer.sends("/note", text="已电话联系")

    assert saved(officer) is None
