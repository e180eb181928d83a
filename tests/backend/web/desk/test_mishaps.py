"""Errors at the desk: in its frame for who works there, plain for everybody else."""

from __future__ import annotations

import asyncio

BROWSER = {"Accept": "text/html"}


async def test_who_is_logged_in_keeps_the_menu_and_a_way_back(officer):
    page = await officer.opens("/desk/no-such-page", Referer="http://desk.example/desk/alerts?all=1", **BROWSER)

    assert page.status == 404
    assert {"/desk/alerts?all=1", "/desk/talks", "/desk"} <= set(page.links)


async def test_a_way_back_leads_to_nobody_else(officer):
    page = await officer.opens("/desk/no-such-page", Referer="http://elsewhere.example//evil.example/", **BROWSER)

    assert not [link for link in page.links if "evil" in link or link.startswith("//")]


async def test_a_stranger_sees_a_plain_page(client):
    answer = await client.get("/desk/no-such-page", headers=BROWSER)

    assert answer.status == 404
    assert 'class="rooms"' not in await answer.text()


async def test_nobody_finds_the_desk_around_an_error_of_the_chat(officer):
    page = await officer.opens("/no-such-page", **BROWSER)

    assert 'class="rooms"' not in page.html


async def test_a_form_sent_after_the_session_leads_back_to_its_page(officer, citizen):
    number = await citizen.files_a_case()
    page = await officer.opens(f"/desk/cases/{number}")
    note = page.form("/note")
    officer.browser.session.cookie_jar.clear()

    answer = await officer.browser.post(
        note.action, data=note.fields | {"text": "x"}, headers={"Referer": f"http://x/desk/cases/{number}"}
    )

    assert answer.url.path_qs == f"/desk/login?next=/desk/cases/{number}"


async def test_a_page_of_no_letters_from_which_somebody_came_is_no_fault_of_ours(client):
    from_us, to_us = await asyncio.open_connection("127.0.0.1", client.port)

    to_us.write(b"GET /desk HTTP/1.0\r\nHX-Request: true\r\nHX-Current-URL: http://x/desk/\xff\r\n\r\n")
    answer = await from_us.read()
    to_us.close()

    assert b"HX-Redirect: /desk/login?next=%2Fdesk%2F\r\n" in answer
