"""Messages of our own accord, against the fake platform: scenarios of the reference by their numbers."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientTimeout

from bots import ChannelDown, ChannelError, NotSent, NotThisWay, Uncertain, Unreachable, Way
from bots.wechat_api.forms import Form
from bots.wechat_api.tokens import Alone
from dialogs.messages import Choice, Receipt
from tests.bots.wechat_api.hook import STATUS, channel, message

CUSTOM, TEMPLATE, NOTICE, TOKEN = "custom/send", "template/send", "subscribe/bizsend", "stable_token"
YES, NO = Choice("y", "同意"), Choice("n", "不同意")


@pytest.fixture
async def alice(wechat, hook):
    """Somebody who has just written, and the account's templates."""
    wechat.add_template("T1", "character_string1", "phrase2", "time3", "thing4", title="进度")
    wechat.add_template("S1", "thing4", "time3", kind="sub", title="进度")
    alice = wechat.person("oAlice")
    await alice.say("你好")
    return alice


def codes(wechat, endpoint):
    return [call.errcode for call in wechat.calls(endpoint)]


async def test_a_message_arrives_with_its_choices_as_a_menu(alice, hook):
    receipt = await hook.channel.send(message("您同意吗？", YES, NO))

    assert receipt == Receipt("customer_service")
    assert [(shown.text, shown.items) for shown in alice.view[1:]] == [
        ("您同意吗？", [{"id": "y", "content": "同意"}, {"id": "n", "content": "不同意"}])
    ]


async def test_where_there_are_no_menus_the_choices_are_numbered_and_it_is_not_tried_again(wechat, alice, hook):
    wechat.account.msgmenu = False

    await hook.channel.send(message("您同意吗？", YES, NO))
    await hook.channel.send(message("真的吗？", YES, NO))

    assert alice.read == ["您同意吗？\n回复数字选择：\n1 同意\n2 不同意", "真的吗？\n回复数字选择：\n1 同意\n2 不同意"]
    assert codes(wechat, CUSTOM) == [40200, 0, 0]


async def test_a_long_text_goes_in_parts_with_the_choices_last(alice, hook):
    paragraphs = [f"第{n}段。" + "很长的话，" * 60 for n in range(5)]

    receipt = await hook.channel.send(message("\n".join(paragraphs), YES, NO))

    assert receipt == Receipt("customer_service", cost=3)
    first, second, third = alice.view[1:]
    assert [shown.kind for shown in (first, second, third)] == ["text", "text", "menu"]
    assert "\n".join(shown.text for shown in (first, second, third)) == "\n".join(paragraphs)


async def test_of_a_text_in_parts_it_is_told_how_many_went_out(wechat, alice, hook):
    wechat.fault(CUSTOM, nth=2, errcode=45047)

    with pytest.raises(Uncertain, match="前1段") as failed:
        await hook.channel.send(message("很长的话。" * 300))

    assert (failed.value.code, failed.value.cost, len(alice.read)) == ("45047", 1, 1)


async def test_w20_a_token_that_another_process_ended_is_renewed_once(wechat, alice, hook):
    await hook.channel.send(message())
    wechat.invalidate_tokens()

    await hook.channel.send(message())

    assert (len(wechat.calls(TOKEN)), codes(wechat, CUSTOM)) == (2, [0, 40001, 0])


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_w20_a_token_that_is_refused_for_ever_shuts_the_channel_for_a_minute(wechat, alice, hook, code):
    fault = wechat.fault(CUSTOM, errcode=code, times=None)

    for _ in range(5):
        with pytest.raises(ChannelDown, match=str(code)):
            await hook.channel.send(message())

    assert (len(wechat.calls(TOKEN)), len(wechat.calls(CUSTOM))) == (2, 2)
    fault.times = 0
    wechat.clock.advance(61)
    await hook.channel.send(message())
    assert alice.read == ["已登记。"]


async def test_w20_of_many_that_wait_the_platform_is_asked_once_for_another_token(wechat, alice, hook):
    await hook.channel.send(message())
    wechat.fault(CUSTOM, errcode=40001, times=None)

    outcomes = await asyncio.gather(*(hook.channel.send(message()) for _ in range(20)), return_exceptions=True)

    assert all(isinstance(one, ChannelDown) for one in outcomes)
    assert len(wechat.calls(TOKEN)) <= 3


async def test_w21_eight_processes_ask_for_one_token(wechat, alice):
    shared = SharedTokens()
    processes = [channel(wechat, tokens=shared, owner=f"p{n}") for n in range(8)]
    wechat.fault(TOKEN, delay_s=0)

    outcomes = await asyncio.gather(*(one.send(message()) for one in processes), return_exceptions=True)

    assert [type(one) for one in outcomes].count(Receipt) == 5  # that many the window allows
    (call,) = wechat.calls(TOKEN)
    assert "force_refresh" not in call.body
    await asyncio.gather(*(one.close() for one in processes))


class SharedTokens(Alone):
    """What processes of one installation share: one of them fetches."""

    def __init__(self):
        super().__init__()
        self.owner = ""

    async def lease(self, channel, owner, until):
        await asyncio.sleep(0)
        self.owner = self.owner or owner
        return self.owner == owner

    async def release(self, channel, owner):
        self.owner = "" if self.owner == owner else self.owner


async def test_w22_two_days_later_the_window_is_shut_and_a_template_still_arrives(wechat, alice, hook):
    wechat.clock.advance(49 * 3600)

    with pytest.raises(NotThisWay, match="48小时") as shut:
        await hook.channel.send(message())
    receipt = await hook.channel.send(message(way="template"))
    wechat.clock.advance(2)
    await wechat.settled()

    assert shut.value.code == "45015"
    assert alice.view[-1].fields == {
        "character_string1": "20261121-HL-000412-7",
        "phrase2": "已答复",
        "time3": "2026年11月22日 15:01",
        "thing4": "店家已拆除音响",
    }
    (result,) = hook.news
    assert (result.platform_id, result.delivered) == (receipt.platform_id, True)


@pytest.mark.parametrize(
    ("endpoint", "refusal"),
    [
        (CUSTOM, ("customer_service", 45047, NotThisWay)),
        (CUSTOM, ("customer_service", 48002, NotThisWay)),
        (CUSTOM, ("customer_service", 40003, NotThisWay)),
        (CUSTOM, ("customer_service", -1, NotSent)),
        (CUSTOM, ("customer_service", 45011, NotSent)),
        (CUSTOM, ("customer_service", 45009, NotSent)),
        (CUSTOM, ("customer_service", 48004, ChannelDown)),
        (CUSTOM, ("customer_service", 50002, ChannelDown)),
        (CUSTOM, ("customer_service", 61450, Uncertain)),
        (CUSTOM, ("customer_service", 99999, NotThisWay)),
        (TEMPLATE, ("template", 40037, NotThisWay)),
        (TEMPLATE, ("template", 43101, NotThisWay)),
        (TEMPLATE, ("template", 43004, NotThisWay)),
        (TEMPLATE, ("template", 43019, Unreachable)),
        (TEMPLATE, ("template", 40249, NotThisWay)),
        (TEMPLATE, ("template", 47003, NotThisWay)),
        (NOTICE, ("subscription", 43101, NotThisWay)),
    ],
)
async def test_w23_a_refusal_says_what_it_means_and_is_not_tried_on_and_on(wechat, alice, endpoint, refusal):
    way, code, error = refusal
    wechat.fault(endpoint, errcode=code, times=None)
    sender = channel(wechat, subscriptions={"status": Form("S1", {"note": "thing4"})})

    with pytest.raises(error, match=str(code)) as failed:
        await sender.send(message(way=way))

    assert failed.value.code == str(code)
    assert len(wechat.calls(endpoint)) == (2 if code == 47003 else 1)  # a field is put more plainly once
    await sender.close()


async def test_w24_the_sixth_message_is_refused_and_the_next_way_named(wechat, alice, hook):
    for _ in range(5):
        await hook.channel.send(message())

    with pytest.raises(NotThisWay, match="条数") as used_up:
        await hook.channel.send(message())

    assert used_up.value.code == "45047"
    await alice.say("还有")
    await hook.channel.send(message())


async def test_w25_what_an_account_may_not_do_is_asked_of_the_platform_once(wechat, alice, hook):
    wechat.account.verified = False

    for _ in range(5):
        with pytest.raises(NotThisWay, match="48001"):
            await hook.channel.send(message())

    assert len(wechat.calls(CUSTOM)) == 1
    wechat.account.verified = True
    wechat.clock.advance(3601)
    await hook.channel.send(message())


async def test_w25_an_account_that_may_only_answer_knows_it(wechat):
    sender = channel(wechat, account="subscription", verified=False)

    with pytest.raises(NotThisWay, match="未认证"):
        await sender.send(message())

    assert (sender.ways, wechat.calls()) == ((), [])


def test_an_account_has_the_ways_of_its_kind(wechat):
    notices = {"status": Form("S1", {}), "survey": Form("S2", {})}
    full = channel(wechat, subscriptions=notices, templates={"status": STATUS})

    assert full.ways == (
        Way("customer_service", within=True),
        Way("subscription", grant="S1", kinds=frozenset({"status"})),
        Way("subscription", grant="S2", kinds=frozenset({"survey"})),
        Way("template", kinds=frozenset({"status"})),
    )
    assert channel(wechat, account="subscription", templates={"status": STATUS}).ways == full.ways[:1]


@pytest.mark.parametrize("how", [{"drop_after_accept": True}, {"html": True}, {"http": 502}, {"truncate": True}])
async def test_w26_what_may_have_arrived_is_uncertain_and_a_template_can_be_sent_again(wechat, alice, hook, how):
    wechat.fault(CUSTOM, **how)
    wechat.fault(TEMPLATE, **how)

    for way in ("customer_service", "template"):
        with pytest.raises(Uncertain):
            await hook.channel.send(message(way=way))
    await hook.channel.send(message(way="template"))

    assert [shown.kind for shown in alice.view].count("template") == 1


async def test_w26_a_platform_that_does_not_answer_in_time_leaves_it_uncertain(wechat, alice):
    wechat.clock.rate = 1.0
    sender = channel(wechat, wait=ClientTimeout(sock_connect=0.2, sock_read=0.2))
    wechat.fault(CUSTOM, delay_s=6)

    with pytest.raises(Uncertain, match="没有回音"):
        await sender.send(message())
    await sender.close()


async def test_an_answer_that_claims_another_charset_is_read(wechat, alice, hook):
    wechat.fault(CUSTOM, latin1=True)

    assert await hook.channel.send(message()) == Receipt("customer_service")


async def test_a_platform_that_is_not_there_has_got_nothing(wechat):
    sender = channel(wechat, api_base="http://127.0.0.1:9")

    with pytest.raises(NotSent, match="连不上"):
        await sender.send(message())
    await sender.close()


async def test_a_connection_that_breaks_on_the_way_to_a_token_has_sent_nothing(wechat, alice, hook):
    wechat.fault(TOKEN, drop_after_accept=True)

    with pytest.raises(NotSent):
        await hook.channel.send(message())

    assert wechat.calls(CUSTOM) == []


async def test_w28_an_address_that_is_not_allowed_is_named_and_messages_still_come_in(wechat, hook):
    wechat.account.ip_whitelist = frozenset({"203.0.113.7"})
    alice = wechat.person("oAlice")

    push = await alice.say("你好")
    for _ in range(3):
        with pytest.raises(ChannelDown, match=r"白名单.*127\.0\.0\.1"):
            await hook.channel.send(message())

    assert (push.verdict, len(wechat.calls(TOKEN))) == ("success", 1)


async def test_w29_fields_are_made_to_fit_before_they_are_sent(wechat, alice, hook):
    said = message(way="template")
    fields = {**said.fields, "note": "店家已拆除外放音响，\n并签了承诺书，如有反复请直接在这里说一声", "state": ""}

    await hook.channel.send(type(said)(said.peer, said.say, said.key, said.way, said.kind, fields))

    shown = alice.view[-1].fields
    assert (shown["thing4"], shown["phrase2"]) == ("店家已拆除外放音响，并签了承诺书，如有…", "有进展")


async def test_a_field_that_is_refused_is_put_more_plainly_once(wechat, alice, hook):
    wechat.fault(TEMPLATE, errcode=47003, facts={"key": "thing4"})

    await hook.channel.send(message(way="template"))

    first, second = (call.body for call in wechat.calls(TEMPLATE))
    assert (first["data"]["phrase2"], first["client_msg_id"] == second["client_msg_id"]) == ({"value": "已答复"}, False)
    assert alice.view[-1].kind == "template"


async def test_a_notice_that_was_allowed_arrives(wechat, alice, hook):
    await alice.accept("S1")
    sender = channel(wechat, subscriptions={"status": Form("S1", {"note": "thing4", "at": "time3"})})

    assert await sender.send(message(way="subscription")) == Receipt("subscription", "S1")  # it tells no id

    assert alice.view[-1].fields["thing4"] == "店家已拆除音响"
    await sender.close()


async def test_a_kind_without_a_form_goes_another_way(hook):
    with pytest.raises(NotThisWay, match="没有为这类消息配置模板消息"):
        await hook.channel.send(message(way="template", kind="survey"))


async def test_texts_go_out_as_they_are(wechat, alice, hook):
    words = '“引号” \\ " </xml> 𠮷 😀 ]]> é'

    await hook.channel.send(message(words + "\ud800"))

    assert alice.read == [words + "?"]


async def test_errors_tell_neither_token_nor_person_nor_words(wechat, alice, hook):
    await hook.channel.send(message())
    token = wechat.calls(CUSTOM)[0].query["access_token"]
    told = []
    for how in ({"drop": True}, {"drop_after_accept": True}, {"html": True}, {"errcode": 99999}, {"errcode": 47003}):
        wechat.fault(CUSTOM, **how)
        with pytest.raises(ChannelError) as failed:
            await hook.channel.send(message("秘密"))
        told += [repr(failed.value), repr(failed.value.__cause__)]

    assert not [line for line in told if token in line or "oAlice" in line or "秘密" in line]
