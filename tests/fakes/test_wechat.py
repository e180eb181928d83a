"""The fake WeChat's messages and notices, asked for by wechatpy's client."""

from __future__ import annotations

import pytest

from tests.fakes.wechat_official import ask, form, refused

# -- customer-service messages -----------------------------------------------------------------------------------------


async def test_who_wrote_can_be_written_to(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")

    answer = await ask(client.message.send_text, "oAlice", "您好，请讲。")

    assert answer == {"errcode": 0, "errmsg": "ok"}
    assert alice.read == ["您好，请讲。"]


async def test_five_messages_in_48_hours_and_the_sixth_is_refused(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")
    for number in range(5):
        await ask(client.message.send_text, "oAlice", str(number))

    assert await refused(client.message.send_text, "oAlice", "6") == 45047
    await alice.say("还有")
    await ask(client.message.send_text, "oAlice", "7")
    wechat.clock.advance(48 * 3600)
    await ask(client.fetch_access_token)
    assert await refused(client.message.send_text, "oAlice", "8") == 45015


async def test_a_click_allows_three_messages_in_a_minute(wechat, client):
    alice = wechat.person("oAlice")
    await alice.click("JIESU_FILE")
    for number in range(3):
        await ask(client.message.send_text, "oAlice", str(number))

    assert await refused(client.message.send_text, "oAlice", "4") == 45047
    wechat.clock.advance(60)
    assert await refused(client.message.send_text, "oAlice", "5") == 45015


async def test_who_cannot_be_written_to(wechat, client):
    await wechat.person("oAlice").unfollow()
    bob = wechat.person("oBob")
    await bob.say("你好")
    bob.block()

    assert await refused(client.message.send_text, "oNobody", "x") == 40003
    assert await refused(client.message.send_text, "oAlice", "x") == 45015
    assert await refused(client.message.send_text, "oBob", "x") == 48002


async def test_what_cannot_be_written(wechat, client):
    await wechat.person("oAlice").say("你好")
    two = [{"title": "a", "description": "", "url": ""}, {"title": "b", "description": "", "url": ""}]

    assert await refused(client.message.send_text, "oAlice", "长" * 683) == 45002
    assert await refused(client.message.send_image, "oAlice", "gone") == 40007
    assert await refused(client.message.send_articles, "oAlice", two) == 45008
    assert await refused(client.post, "message/custom/send", data=b"{") == 47001
    assert await refused(client.post, "message/custom/send", data=b"") == 44002
    assert await refused(client.post, "message/custom/send", data=b'{"a": "\\u4f60"}') == 40033
    assert wechat.person("oAlice").user.windows[0].left == 5


async def test_a_msgmenu_can_be_tapped_and_opens_only_a_minute(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")
    items = [{"id": "c1:5", "content": "满意"}, {"id": "c1:1", "content": "不满意"}]
    menu = {"head_content": "请评价", "list": items, "tail_content": ""}

    await ask(client.post, "message/custom/send", data={"touser": "oAlice", "msgtype": "msgmenu", "msgmenu": menu})
    wechat.clock.advance(48 * 3600)
    push = await alice.menu_tap("不满意")

    assert (push.message["Content"], push.message["bizmsgmenuid"]) == ("不满意", "c1:1")
    assert [(window.left, window.ends - wechat.clock.now()) for window in alice.user.windows] == [(3, 60)]


async def test_not_every_account_has_the_msgmenu(wechat, client):
    wechat.account.test_account = True
    await wechat.person("oAlice").say("你好")
    menu = {"head_content": "", "list": [{"id": "1", "content": "a"}], "tail_content": ""}
    message = {"touser": "oAlice", "msgtype": "msgmenu", "msgmenu": menu}

    assert await refused(client.post, "message/custom/send", data=message) == 40200


async def test_typing_is_shown_once_and_only_to_who_was_just_here(wechat, client):
    alice = wechat.person("oAlice")
    await alice.say("你好")
    typing = {"touser": "oAlice", "command": "Typing"}

    await ask(client.post, "message/custom/typing", data=typing)
    assert await refused(client.post, "message/custom/typing", data=typing) == 45081
    assert await refused(client.post, "message/custom/typing", data=typing | {"command": "Dance"}) == 45072
    wechat.clock.advance(31)
    assert await refused(client.post, "message/custom/typing", data=typing) == 45080


# -- notices -----------------------------------------------------------------------------------------------------------


async def test_a_template_message_arrives_and_its_result_comes_later(wechat, client, owner):
    wechat.account.mode = "plain"
    wechat.add_template("T1", "character_string1", "phrase2", "time3", "thing4", title="办理进度通知")
    alice = wechat.person("oAlice")
    data = form(character_string1="20251009-HL-000001-5", phrase2="已受理", time3="2025年10月9日 17:00", thing4="水管")

    answer = await ask(client.message.send_template, "oAlice", "T1", data, url="https://example.org")
    await wechat.settled()
    before = len(owner.posted)
    wechat.clock.advance(1)
    await wechat.settled()

    assert (alice.view[0].fields["phrase2"], alice.view[0].link) == ("已受理", "https://example.org")
    assert before == 0
    assert f"<MsgID>{answer['msgid']}</MsgID>" in owner.posted[0].body
    assert "<Status><![CDATA[success]]></Status>" in owner.posted[0].body


@pytest.mark.parametrize(
    ("said", "statuses"),
    [
        ("failed:user block", ["failed:user block"]),
        ("failed: system failed", ["failed: system failed"]),
        ("failed:freq limit", ["failed:freq limit"]),
        ("twice success", ["success", "success"]),
        ("before failed: system failed", ["failed: system failed"]),
        ("never", []),
    ],
)
async def test_results_come_in_every_way(wechat, client, owner, said, statuses):
    wechat.add_template("T1", "thing1")
    wechat.person("oAlice")
    wechat.settings.job_results.append(said)

    await ask(client.message.send_template, "oAlice", "T1", form(thing1="水管"))
    early = len(owner.posted)
    wechat.clock.advance(1)
    await wechat.settled()

    assert [push.message["Status"] for push in wechat.pusher.pushes] == statuses
    assert early == (1 if said.startswith("before") else 0)


async def test_a_blocked_account_hears_so_by_the_result(wechat, client, owner):
    wechat.add_template("T1", "thing1")
    wechat.person("oAlice").block()

    await ask(client.message.send_template, "oAlice", "T1", form(thing1="水管"))
    wechat.clock.advance(1)
    await wechat.settled()

    assert wechat.pusher.pushes[0].message["Status"] == "failed:user block"


async def test_what_no_template_takes(wechat, client):
    wechat.add_template("T1", "thing1")
    wechat.add_template("S1", "thing1", kind="sub")
    await wechat.person("oAlice").unfollow()
    wechat.person("oBob").user.blacklisted = True
    wechat.person("oCarol")
    send, good = client.message.send_template, form(thing1="水管")

    assert await refused(send, "oNobody", "T1", good) == 40003
    assert await refused(send, "oAlice", "T1", good) == 43004
    assert await refused(send, "oBob", "T1", good) == 43019
    assert await refused(send, "oCarol", "T" * 65, good) == 40036
    assert await refused(send, "oCarol", "T2", good) == 40037
    await wechat.person("oCarol").turn_off("T3")
    assert await refused(send, "oCarol", "T3", good) == 43101
    assert await refused(send, "oCarol", "S1", good) == 40037
    assert await refused(send, "oCarol", "T1", form(thing1="长" * 21)) == 47003
    assert await refused(send, "oCarol", "T1", form(thing1="")) == 47003
    assert await refused(send, "oCarol", "T1", {}) == 47003
    assert await refused(send, "oCarol", "T1", form(thing1="彩票")) == 40249
    wechat.settings.templates_a_day = 0
    assert await refused(send, "oCarol", "T1", good) == 45009


async def test_a_test_account_takes_any_length(wechat, client):
    wechat.account.test_account = True
    wechat.add_template("T1", "thing1")
    wechat.person("oAlice")

    assert (await ask(client.message.send_template, "oAlice", "T1", form(thing1="长" * 99)))["errcode"] == 0


async def test_the_same_client_msg_id_is_one_message_for_ten_minutes(wechat, client):
    wechat.add_template("T1", "thing1")
    alice = wechat.person("oAlice")
    message = {"touser": "oAlice", "template_id": "T1", "data": form(thing1="水管"), "client_msg_id": "a"}

    first = await ask(client.post, "message/template/send", data=message)
    again = await ask(client.post, "message/template/send", data=message)
    wechat.clock.advance(601)
    later = await ask(client.post, "message/template/send", data=message)

    assert first == again
    assert first["msgid"] != later["msgid"]
    assert len(alice.view) == 2


async def test_a_subscription_notice_takes_one_consent_each(wechat, client, owner):
    wechat.add_template("S1", "thing1", kind="sub", title="进度")
    wechat.add_template("T1", "thing1")
    alice = wechat.person("oAlice")
    message = {"touser": "oAlice", "template_id": "S1", "data": form(thing1="水管")}

    assert await refused(client.post, "message/subscribe/bizsend", data=message) == 43101
    assert await refused(client.post, "message/subscribe/bizsend", data=message | {"template_id": "T1"}) == 40037
    await alice.accept("S1")
    assert await ask(client.post, "message/subscribe/bizsend", data=message) == {"errcode": 0, "errmsg": "ok"}
    assert await refused(client.post, "message/subscribe/bizsend", data=message) == 43101
    wechat.clock.advance(1)
    await wechat.settled()
    rows = wechat.pusher.pushes[-1].message["SubscribeMsgSentEvent"]["List"]
    assert [(row["TemplateId"], row["ErrorStatus"]) for row in rows] == [("S1", "success")]
    await alice.accept("S1")
    await alice.turn_off("S1")
    assert await refused(client.post, "message/subscribe/bizsend", data=message) == 43101


async def test_a_one_time_message_needs_a_consent_given_on_the_page(wechat, client):
    alice = wechat.person("oAlice")
    data = form(content="已受理")
    message = {"touser": "oAlice", "template_id": "O1", "url": "", "scene": "1", "title": "进度", "data": data}
    page = {"appid": wechat.account.appid, "template_id": "O1", "redirect_url": "https://example.org/?a=1"}

    assert await refused(client.post, "message/template/subscribe", data=message) == 43101
    back = await ask(
        client._http.get, f"{wechat.url}/mp/subscribemsg", params=page | {"openid": "oAlice"}, allow_redirects=False
    )
    await ask(client.post, "message/template/subscribe", data=message)

    assert "action=confirm" in back.headers["Location"]
    assert alice.view[-1].fields == {"content": "已受理"}
    assert await refused(client.post, "message/template/subscribe", data=message) == 43101
