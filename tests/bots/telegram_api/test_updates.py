"""Every kind of update becomes what it says, and none of them does harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots import Refused, Taken
from bots.telegram_api import plain
from bots.telegram_api.keyboards import data
from bots.telegram_api.updates import Reader, parsed
from dialogs.messages import Back, ChatMoved, Left, Location, Media, Peer

READER = Reader("city", "77", "JiesuBot", groups=False)
BINDING = Reader("city", "77", "JiesuBot", groups=True)
CHAT = {"id": 5_000_000_123, "type": "private", "first_name": "A"}
GROUP = {"id": -100200, "type": "group", "title": "小区群"}
SENDER = {"id": 5_000_000_123, "is_bot": False, "first_name": "A", "language_code": "zh-hans"}
PIN = {"latitude": 31.23, "longitude": 121.47}
LABEL = "特别长的编号的选项"


def update(**kinds):
    return {"update_id": 900, **kinds}


def message(**content):
    return {"message_id": 31, "date": 1_760_000_000, "chat": CHAT, "from": SENDER, **content}


def heard(reader=READER, **content):
    taken = reader.take(update(message=message(**content)))
    assert len(taken.messages) == 1, taken
    return taken.messages[0]


def file(name, **more):
    return {"file_id": f"id-{name}", "file_unique_id": name, **more}


SIZE = {"width": 10, "height": 10}
LASTS = {**SIZE, "duration": 3}


def test_words_come_with_who_when_and_in_what_language():
    said = heard(text="路灯坏了")

    assert (said.peer, said.text, said.language) == (Peer("city", "5000000123"), "路灯坏了", "zh-hans")
    assert said.sent_at.isoformat() == "2025-10-09T08:53:20+00:00"


@given(
    text=st.sampled_from(
        ["路灯坏了", "/start w3-lamp", "/progress@JiesuBot", "/help@OtherBot", "/lang zh-hant", "\0", "a\ud800"]
    )
    | st.text(max_size=20),
    language=st.sampled_from(["", "en", "zh-hans", None, 7]),
    chat=st.sampled_from([CHAT, GROUP, {"id": 1 << 70, "type": "private"}, {"id": "1", "type": "private"}, None]),
    odd=st.sampled_from([{}, {"date": -1}, {"date": "now"}, {"message_id": True}, {"from": None}, {"text": ["a"]}]),
)
def test_words_alone_are_read_as_the_library_reads_them(text, language, chat, odd):
    told = message(text=text) | {"chat": chat, "from": SENDER | {"language_code": language}} | odd
    alone, by_types = update(message=told), update(message=told | {"has_protected_content": True})
    short, long = READER.take(alone), READER.take(by_types)

    assert plain.read(by_types) is None
    assert (short.messages, short.news, short.unknown) == (long.messages, long.news, long.unknown)


def test_words_with_nothing_odd_need_no_types_of_the_library():
    entities = [{"type": "bold", "offset": 0, "length": 2}]

    words = plain.read(update(message=message(text="路灯坏了", entities=entities)))

    assert words is not None
    assert words.text == "路灯坏了"
    assert plain.read(update(message=message(text="路灯坏了", reply_to_message=message(text="b")))) is None


def test_the_same_message_has_the_same_id_and_ids_sort_as_sent():
    assert heard(text="a").message_id == heard(text="a").message_id
    assert heard(text="a").message_id < heard(text="b", message_id=1000).message_id


def test_t29_another_bot_and_another_group_name_their_messages_differently():
    other = Reader("city", "78", "", groups=True)
    names = {
        heard(reader, text="a", chat=chat).message_id
        for reader in (BINDING, other)
        for chat in (CHAT, GROUP, GROUP | {"id": -100201})
    }

    assert len(names) == 6


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"photo": [file("s", width=90, height=67), file("l", width=1280, height=960)]}, Media("photo", "id-l")),
        ({"document": file("d", file_name="凭证.pdf")}, Media("document", "id-d", "凭证.pdf")),
        ({"document": file("d", file_name="a.heic", mime_type="image/heic")}, Media("photo", "id-d", "a.heic")),
        ({"document": file("d", mime_type="image/svg+xml")}, Media("document", "id-d")),
        ({"video": file("v", **LASTS, file_name="a.mp4")}, Media("video", "id-v", "a.mp4")),
        ({"video_note": file("n", length=240, duration=3)}, Media("video", "id-n")),
        ({"voice": file("o", duration=3)}, Media("voice", "id-o")),
        ({"audio": file("u", duration=3, file_name="a.mp3")}, Media("voice", "id-u", "a.mp3")),
        ({"animation": file("g", **LASTS), "document": file("g2")}, Media("video", "id-g")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value.kind,
)
def test_every_kind_of_file_is_evidence(content, expected):
    said = heard(**content, caption="现场")

    assert (said.media, said.text) == ((expected,), "现场")


def test_t13_a_photo_without_words_is_a_message():
    said = heard(photo=[file("p", **SIZE)])

    assert (len(said.media), said.text) == (1, "")


def test_t10_the_parts_of_an_album_know_each_other_and_their_order():
    parts = [heard(photo=[file("p", **SIZE)], media_group_id="13", message_id=n) for n in (9, 10, 11)]

    assert {part.album for part in parts} == {"13"}
    assert [part.message_id for part in parts] == sorted(part.message_id for part in parts)


def test_a_pin_is_not_swapped_and_a_venue_has_its_name():
    venue = {"location": PIN, "title": "人民公园", "address": "南京西路231号"}

    assert heard(location=PIN).location == Location(31.23, 121.47)
    assert heard(location=PIN, venue=venue).location == Location(31.23, 121.47, "人民公园 南京西路231号")


def test_a_live_location_is_taken_once_and_its_moves_are_not():
    live = PIN | {"live_period": 900}

    assert heard(location=live).location == Location(31.23, 121.47)
    assert READER.take(update(edited_message=message(location=live, edit_date=1_760_000_010))) == Taken()


def test_t17_only_ones_own_card_is_ones_own_number():
    own = {"phone_number": "8613800138000", "first_name": "A", "user_id": SENDER["id"]}

    assert heard(contact=own).contact == "+8613800138000"
    another = heard(contact=own | {"user_id": 8})
    assert (another.contact, another.text, another.raw["untaken"]) == ("", "", "contact_of_another")
    assert heard(contact={"phone_number": "1", "first_name": "B"}).contact == ""


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": file("s", **SIZE, is_animated=False, is_video=False, type="regular")},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"story": {"chat": CHAT, "id": 3}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_nobody_can_file_is_a_message_that_says_nothing_so_that_it_is_answered(content):
    said = heard(**content)

    assert (said.text, said.media, said.raw["untaken"]) == ("", (), next(iter(content)))


@pytest.mark.parametrize(
    "content", [{"pinned_message": message(text="a")}, {"brand_new_thing": {"a": 1}}, {"group_chat_created": True}]
)
def test_t06_a_message_of_the_platform_or_of_a_kind_that_came_after_us_is_kept_raw(content):
    raw = update(message=message(**content))

    assert READER.take(raw) == Taken(unknown="message", raw=raw)


def test_t06_a_new_field_beside_the_words_does_not_matter():
    assert heard(text="路灯坏了", suggested_mood={"level": 3}).text == "路灯坏了"


@pytest.mark.parametrize(
    "raw",
    [
        update(managed_bot={"user": 1}),
        update(),
        update(message=7),
        update(message={"text": "a"}),
        update(message=message(text={"a": 1}, chat=None)),
        update(callback_query={"id": "1", "from": SENDER, "chat_instance": "1", "data": "x"}),
        update(callback_query={"id": "1", "from": SENDER, "chat_instance": "1", "game_short_name": "x"}),
        update(my_chat_member={"chat": CHAT}),
    ],
)
def test_t06_an_unknown_or_broken_update_is_kept_raw(raw):
    taken = READER.take(raw)

    assert (taken.messages, taken.news, taken.raw) == ((), (), raw)
    assert taken.unknown


def test_half_a_character_and_a_zero_byte_get_into_no_database():
    said = heard(document=file("d", file_name="a\ud83d.pdf"), caption="路\0灯\ud83d")

    assert (said.text, said.media[0].filename) == ("路灯?", "a?.pdf")


def test_t16_a_link_with_a_place_brings_its_code():
    said = heard(text="/start p_8f3k")

    assert (said.text, said.place) == ("你好", "p_8f3k")


def test_an_edit_replaces_what_the_message_with_that_id_said():
    before = heard(text="3栋")
    after = READER.take(update(edited_message=message(text="5栋", edit_date=1_760_000_060))).messages[0]

    assert (after.edited, after.message_id, after.text) == (True, before.message_id, "5栋")
    assert (after.sent_at - before.sent_at).total_seconds() == 60


def test_an_edit_that_leaves_no_words_changes_nothing():
    photo = message(photo=[file("p", **SIZE)], edit_date=1_760_000_060)

    assert READER.take(update(edited_message=photo)) == Taken()


def press(carried, *, shown=None, query_id="42"):
    under = shown if shown is not None else message(text="?")
    query = {"id": query_id, "from": SENDER, "chat_instance": "1", "data": carried, "message": under}
    return READER.take(update(callback_query=query)).messages[0]


def test_a_pressed_button_is_its_choice():
    pressed = press("consent.yes")

    assert (pressed.choice, pressed.text, pressed.peer.address) == ("consent.yes", "", "5000000123")
    assert pressed.message_id != press("consent.yes", query_id="43").message_id


def test_t25_a_button_under_a_message_too_old_to_be_shown_is_still_its_choice():
    assert press("consent.yes", shown={"chat": CHAT, "message_id": 31, "date": 0}).choice == "consent.yes"


def test_a_button_whose_id_did_not_fit_says_its_label():
    carried = data("x" * 80)
    keyboard = {"inline_keyboard": [[{"text": LABEL, "callback_data": carried}]]}
    pressed = press(carried, shown=message(text="?", reply_markup=keyboard))

    assert (pressed.choice, pressed.text) == ("", LABEL)
    assert press(carried, shown={"chat": CHAT, "message_id": 31, "date": 0}).text == ""


def membership(status, chat=CHAT, reader=READER):
    bot = {"id": 77, "is_bot": True, "first_name": "Jiesu"}
    until = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": chat,
        "from": SENDER,
        "date": 1_760_000_000,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": status, **until},
    }
    return reader.take(update(my_chat_member=change)).news


def test_t18_who_blocks_us_has_left_and_who_unblocks_is_back():
    (left,), (back,) = membership("kicked"), membership("member")

    assert (type(left), left.peer.address, left.why) == (Left, "5000000123", "blocked")
    assert (type(back), back.at.isoformat()) == (Back, "2025-10-09T08:53:20+00:00")


def test_a_group_that_removes_us_has_left_if_it_is_bound():
    assert membership("left", GROUP) == ()
    assert membership("left", GROUP, BINDING)[0].why == "blocked"


@pytest.mark.parametrize(
    ("chat", "content"),
    [
        (GROUP, {"migrate_to_chat_id": -1009}),
        (GROUP | {"id": -1009, "type": "supergroup"}, {"migrate_from_chat_id": GROUP["id"]}),
    ],
)
def test_t24_a_group_that_gets_another_number_is_told_from_both_sides(chat, content):
    taken = READER.take(update(message=message(chat=chat, **content)))

    assert taken.news == (ChatMoved("city", "-100200", "-1009"),)


def test_what_is_said_in_a_group_is_taken_only_where_it_is_bound():
    raw = update(message=message(chat=GROUP, text="@jiesubot 路灯坏了"))

    assert READER.take(raw) == Taken()
    said = BINDING.take(raw).messages[0]
    assert (said.peer.address, said.text) == ("-100200", "路灯坏了")


def test_a_command_for_another_bot_is_not_ours():
    for_us, for_others = (message(chat=GROUP, text=f"/progress@{name}") for name in ("jiesubot", "OtherBot"))

    assert BINDING.take(update(message=for_us)).messages[0].text == "progress"
    assert BINDING.take(update(message=for_others)) == Taken()


@pytest.mark.parametrize(
    "body",
    [b"", b"<xml/>", b"[1]", b"7", b"{}", b'{"update_id":"1"}', b'{"update_id":true}', b"\xff\xfe", b"[" * 200_000],
)
def test_t06_a_body_that_is_no_update_is_refused(body):
    with pytest.raises(Refused) as refused:
        parsed(body)

    assert refused.value.status == 400


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = "message_id date chat from text photo document voice location venue contact sticker caption media_group_id"


@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
    st.dictionaries(st.sampled_from([*FIELDS.split(), "id", "data", "message", "new_chat_member"]), JUNK, max_size=5),
    st.booleans(),
)
def test_no_update_whatever_is_in_it_does_harm(kind, junk, whole):
    raw = update(**{kind: {**(message(text="a") if whole else {}), **junk}})

    taken = BINDING.take(json.loads(json.dumps(raw)))

    assert isinstance(taken, Taken)
