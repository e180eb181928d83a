"""WeChat, from the person's hand through hook, store and jobs and back: what comes in (W01–W19, W30)."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from backend.services.talks import arriving
from tests.bots.wechat_api.hook import plain_call, sealed_call, text_push
from tests.channels.people import InWechat
from tests.channels.test_telegram_scenarios import unit
from tests.fakes.soon import until

OFFICIAL = json.loads((Path(__file__).parents[1] / "fixtures" / "wechat_official.json").read_text(encoding="utf-8"))
OTHER_KEY = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba"
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + text_push("&b;")
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text_push("&a;")


async def post(house, call):
    return await house.wechat.pusher.raw(house.wechat.account, call.body, call.query)


def nothing(house):
    return (house.rows("journal"), house.rows("inbox"), house.rows("people")) == (0, 0, 0)


async def test_w01_the_published_check_of_an_address_gets_its_echo(open_house, wechat):
    check = OFFICIAL["address_check"]
    wechat.clock.advance(int(check["timestamp"]) - wechat.clock.now())
    house = await open_house(token=OFFICIAL["token"])
    query = {name: check[name] for name in ("timestamp", "nonce", "echostr", "signature")}

    async with house.browser() as browser, browser.get("/hooks/account", params=query) as answer:
        assert (answer.status, await answer.text(), answer.content_type) == (200, check["echostr"], "text/plain")


async def test_w02_a_forged_check_is_refused_without_the_echo(house):
    assert (await house.wechat.pusher.verify(house.wechat.account, forged=True))[:2] == (403, "")


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
async def test_w03_a_text_is_kept_and_answered_in_the_body(open_house, wechat, mode):
    wechat.account.mode = mode
    house = await open_house()
    alice = wechat.person("oAlice")

    push = await alice.say("幸福里3栋门口的路灯坏了")

    assert (push.verdict, house.journal("account", "oAlice")) == ("reply", ["幸福里3栋门口的路灯坏了"])
    await house.settles()
    assert [who for who, _ in house.talk("account", "oAlice")] == ["citizen", "bot"]
    await house.later(60)
    assert (len(alice.read), wechat.calls("custom/send")) == (1, [])


async def test_w04_what_takes_long_is_acknowledged_when_it_is_kept_and_answered_once_by_itself(open_house, wechat):
    house = await open_house(gate=True)
    house.arrivals.patience *= 0.01
    gate = house.site.store
    gate.holds = unit(arriving.arrive, "路灯坏了")
    wechat.fault("push", overlap=True, duplicate=True)
    alice = wechat.person("oAlice")

    push = await alice.say("路灯坏了")

    assert [one.verdict for one in push.tries] == ["success"] * 3
    assert (gate.waiting, house.rows("inbox"), house.rows("journal")) == (1, 1, 0)
    gate.open()
    await house.later(10)
    assert (house.journal("account", "oAlice"), len(alice.read)) == (["路灯坏了"], 1)
    assert (len(wechat.calls("custom/send")), alice.user.windows[0].left) == (1, 4)


async def test_w04_nothing_is_acknowledged_that_cannot_be_kept(open_house, wechat):
    house = await open_house(gate=True)
    house.arrivals.patience *= 0.01
    gate = house.site.store
    gate.holds = lambda f, *_: f in {arriving.arrive, arriving.keep}
    saying = asyncio.create_task(wechat.person("oAlice").say("路灯坏了"))
    await until(lambda: gate.waiting == 2)
    (push,) = wechat.pusher.pushes
    assert [one.verdict for one in push.tries] == ["open"]
    gate.open()
    await saying
    await house.later(10)

    assert (house.journal("account", "oAlice"), len(wechat.person("oAlice").read)) == (["路灯坏了"], 1)


@pytest.mark.parametrize("kind", ["say", "image"])
async def test_w05_an_answer_that_was_cut_off_is_given_again_and_nothing_else_happens(house, alice, kind):
    house.wechat.fault("push", cut=True)

    push = await (alice.person.say("路灯坏了") if kind == "say" else alice.person.image())
    await house.later(60)

    assert [one.verdict for one in push.tries] == ["cut", "reply"]
    assert (len(alice.person.read), house.rows("journal"), house.wechat.calls("custom/send")) == (1, 1, [])


async def test_w05_an_answer_that_is_on_its_way_already_is_not_given_again(open_house, wechat):
    house = await open_house(gate=True)
    house.arrivals.patience *= 0.01
    house.site.store.holds = unit(arriving.arrive, "路灯坏了")
    alice = wechat.person("oAlice")
    push = await alice.say("路灯坏了")
    house.site.store.open()
    await house.later(10)
    house.arrivals.patience *= 100
    await house.wechat.pusher.push(wechat.account, alice.user, push.message)
    await house.later(10)

    assert len(alice.read) == 1


async def test_w06_a_follow_that_comes_twice_is_one_welcome_and_a_tap_in_that_second_is_heard(house):
    alice = house.wechat.person("oAlice", follows=False)
    house.wechat.fault("push", duplicate=True)
    await alice.follow()
    await house.site.platforms["account"].make_menu()
    await alice.click("JIESU_PROGRESS")
    await house.settles()

    assert (len(alice.read), house.rows("journal")) == (2, 2)


async def test_w07_a_forged_signature_is_refused_counted_and_nothing_is_stored(house):
    call = sealed_call(house.wechat, text_push())

    assert await post(house, call_with(call, msg_signature="0" * 40)) == (403, "")
    assert nothing(house)
    async with house.browser() as browser, browser.get("/metrics") as answer:
        assert 'jiesu_refused_total{channel="account",status="403"} 1.0' in await answer.text()


def call_with(call, **query):
    return type(call)(call.method, {**call.query, **query}, call.headers, call.body, call.at)


async def test_w08_a_call_of_an_hour_ago_is_refused_and_so_is_one_with_other_words(open_house, wechat):
    wechat.account.mode = "plain"
    house = await open_house()
    old = plain_call(wechat, text_push())
    house.clock.advance(3600)
    assert await post(house, old) == (403, "")
    assert nothing(house)

    first = plain_call(wechat, text_push("我的话", CreateTime=str(int(house.clock.now()))))
    await post(house, first)
    body = text_push("别人的话", CreateTime=str(int(house.clock.now())), MsgId="1").encode()
    assert await post(house, type(first)("POST", first.query, {}, body, first.at)) == (403, "")
    assert (await post(house, first))[0] == 200
    assert house.journal("account", "oAlice") == ["我的话"]


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (BOMB, 400),
        (XXE, 400),
        ("", 400),
        ("<a/>", 400),
        ("<xml></xml>", 400),
        ("{", 400),
        ("不是XML", 400),
        (text_push().replace("</xml>", "<MsgType>image</MsgType></xml>"), 400),
        (text_push("大" * (2 << 20)), 413),
    ],
    ids=["bomb", "xxe", "empty", "bare", "nothing", "half", "words", "doubled", "large"],
)
async def test_w09_what_is_damaged_or_a_trap_is_refused_and_nothing_is_stored(open_house, wechat, body, status):
    wechat.account.mode = "plain"
    house = await open_house()

    assert await post(house, plain_call(wechat, body)) == (status, "")
    assert nothing(house)


@pytest.mark.parametrize("form", ["xml", "json"])
async def test_w10_a_sealed_push_is_opened_and_its_answer_sealed(open_house, wechat, form):
    wechat.account.format = form
    await open_house()

    push = await wechat.person("oAlice").say("路灯坏了")

    assert (push.verdict, "<Encrypt>" in push.tries[0].body) == ("reply", True)


async def test_w11_a_message_for_another_account_is_refused(house):
    assert await post(house, sealed_call(house.wechat, text_push(), appid="wx0000000000000000")) == (403, "")
    assert nothing(house)


async def test_w12_what_no_key_opens_is_refused_and_the_old_key_opens_while_it_is_changed(open_house, wechat):
    house = await open_house(previous_aes_key=OTHER_KEY)
    unknown = "A" * 43
    for call in (
        sealed_call(wechat, text_push(), key=unknown),
        sealed_call(wechat, "", encrypted="AAA"),
        sealed_call(wechat, "", encrypted="QUJD" * 11),
    ):
        assert (await post(house, call))[0] in {400, 403}
    assert nothing(house)

    wechat.account.prev_eak, wechat.account.push_with_previous = OTHER_KEY, True
    push = await wechat.person("oAlice").say("路灯坏了")
    assert push.verdict == "reply"


async def test_w13_a_plain_message_is_refused_where_messages_are_sealed(house):
    assert await post(house, plain_call(house.wechat, text_push())) == (403, "")
    assert nothing(house)


async def test_w14_what_is_sealed_counts_and_not_the_copy_beside_it(open_house, wechat):
    wechat.account.mode = "compat"
    house = await open_house()
    call = sealed_call(wechat, text_push("真的"))
    body = call.body.replace(b"<xml>", text_push("假的").removesuffix("</xml>").encode())

    assert (await post(house, type(call)("POST", call.query, {}, body, call.at)))[0] == 200
    assert house.journal("account", "oAlice") == ["真的"]


async def test_w15_words_that_look_like_xml_stay_words(house, alice):
    words = "昨晚幸福里3栋]]></Content><MsgType>image</MsgType><Content><![CDATA[放音响吵人"

    push = await alice.person.say(words)

    assert (push.verdict, house.journal("account", "oAlice")) == ("reply", [words])
    number = await house.files(alice, "很久了")
    assert "]]></Content>" in str(house.case(number).facts["what"])


async def test_w16_a_voice_note_is_fetched_at_once_and_one_that_is_lost_is_asked_for_again(house, alice):
    push = await alice.person.voice()
    await house.settles()
    assert (push.verdict, house.evidence("account", "oAlice")) == ("reply", 1)

    house.wechat.fault("media/get", errcode=40007)
    await alice.person.voice()
    await house.settles()
    assert (house.evidence("account", "oAlice"), "再发一次" in alice.person.read[-1]) == (1, True)


async def test_w17_a_video_is_fetched_from_where_it_lies(house, alice):
    await alice.person.video()
    await house.settles()

    assert house.evidence("account", "oAlice") == 1


@pytest.mark.parametrize("follows", [False, True])
async def test_w18_the_code_of_a_place_fills_it_in_for_who_follows_and_who_scans(house, follows):
    house.place("p_8f3k", "幸福里3栋")
    alice = InWechat(house, house.wechat.person("oAlice", follows=follows))
    await alice.person.scan(scene="p_8f3k")
    await house.settles()

    number = await house.files(alice, "昨晚楼下烧烤店放音响，吵得孩子睡不着")
    assert "幸福里3栋" in str(house.case(number).facts["where"])


async def test_w18_a_code_that_nobody_made_is_a_plain_hello(house, alice):
    await alice.person.scan(scene="p_forged")

    assert len(alice.person.read) == 1


async def test_w19_a_place_from_the_menu_is_one_pin_and_not_turned_round(house, alice):
    await alice.tells("昨晚楼下烧烤店放音响，吵得孩子睡不着")
    await alice.person.location_by_menu("where", 31.2304, 121.4737, "人民公园")
    await house.settles()

    number = await house.files(alice, "就这些")
    where = house.case(number).facts["where"]
    assert (round(where["lat"]), round(where["lon"])) == (31, 121)


async def test_w30_while_the_database_is_down_wechat_comes_again_and_it_is_stored_once(open_house, wechat):
    house = await open_house(gate=True)
    house.site.store.failing = 2
    alice = wechat.person("oAlice")

    push = await alice.say("路灯坏了")

    assert [one.status for one in push.tries] == [503, 503, 200]
    assert (house.journal("account", "oAlice"), len(alice.read)) == (["路灯坏了"], 1)
