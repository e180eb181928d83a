"""Whatever the Bot API answers, we know whether to try again, whom it concerns, and what to tell the desk."""

from __future__ import annotations

import json

import pytest
from telegram.error import BadRequest, TelegramError

from bots import ChannelDown, NotSent, NotThisWay, Uncertain, Unreachable
from bots.telegram_api.failures import FLOOD_SECONDS, NoAnswer, NotConnected, about_the_bot, as_ours, result

HTML = b"<html><body>Bad Gateway</body></html>"


def failed(status, description="", headers=(), body=None, **parameters):
    answer = {"ok": False, "error_code": status, "description": description}
    told = json.dumps(answer | ({"parameters": parameters} if parameters else {})).encode()
    with pytest.raises(TelegramError) as error:
        result(status, dict(headers), told if body is None else body)
    return as_ours(error.value)


def test_a_good_answer_gives_its_result():
    assert result(200, {}, b'{"ok":true,"result":{"message_id":7}}') == {"message_id": 7}


@pytest.mark.parametrize("body", [HTML, b"", b'{"ok":true,"resu', b'{"ok":false}', b"[]", b"{}", b"[" * 100_000])
def test_a_good_status_with_anything_else_says_nothing(body):
    assert isinstance(failed(200, body=body), Uncertain)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_api_that_is_down_took_nothing(status):
    assert isinstance(failed(status, body=HTML), NotSent)


def test_a_gateway_that_waited_in_vain_does_not_know():
    assert isinstance(failed(504, body=HTML), Uncertain)


@pytest.mark.parametrize("status", [400, 403, 407, 409, 451])
def test_a_page_of_something_in_between_says_nothing_about_the_person(status):
    assert isinstance(failed(status, body=HTML), NotSent)


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot can't initiate conversation with a user", "not_started"),
        ("Forbidden: bot was kicked from the supergroup chat", "kicked"),
        ("Forbidden: bot is not a member of the channel chat", "not_member"),
        ("Forbidden: the group chat was deleted", "deleted"),
        ("Forbidden: something new", "403"),
    ],
)
def test_t19_who_is_gone_is_not_tried_again_and_the_desk_hears_why(description, code):
    error = failed(403, description)

    assert isinstance(error, Unreachable)
    assert error.code == code
    assert str(error)


def test_t19_a_chat_that_is_not_found_is_gone():
    assert isinstance(failed(400, "Bad Request: chat not found"), Unreachable)


def test_a_message_that_is_refused_says_nothing_about_the_person():
    error = failed(400, "Bad Request: BUTTON_DATA_INVALID")

    assert isinstance(error, NotThisWay)
    assert "data_invalid" in str(error)


def test_t20_a_flood_limit_says_how_long_everybody_waits():
    error = failed(429, "Too Many Requests: retry after 30", retry_after=30)

    assert isinstance(error, NotSent)
    assert (error.retry_after, error.everybody) == (30, True)


def test_a_flood_limit_may_be_told_by_a_header_or_not_at_all():
    assert failed(429, headers={"Retry-After": "7"}, body=HTML).retry_after == 7
    assert failed(429, body=HTML).retry_after == FLOOD_SECONDS


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize("body", [None, HTML])
def test_t27_a_revoked_token_or_a_wrong_address_shuts_the_channel(status, body):
    assert isinstance(failed(status, "Unauthorized", body=body), ChannelDown)


def test_t27_a_bot_that_logged_out_of_this_server_reaches_nobody_there():
    assert isinstance(failed(400, "Logged out"), ChannelDown)


def test_what_concerns_only_the_bot_is_tried_again_or_for_the_operator():
    assert isinstance(about_the_bot(NoAnswer("cut")), NotSent)
    assert isinstance(about_the_bot(BadRequest("Bad webhook: HTTPS is required")), ChannelDown)


def test_who_was_not_connected_sent_nothing():
    assert isinstance(as_ours(NotConnected("refused")), NotSent)
