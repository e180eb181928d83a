"""Tokens, openids and phone numbers never reach the log, and what else is logged stays as it is."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from backend.cli import logs
from backend.cli.scrubbing import scrub
from tests.logs import plain_logs

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # the example of the platform's documentation
OPENID = "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"

HIDDEN = [
    f"https://api.telegram.org/bot{TOKEN}/getMe",
    f"bot {TOKEN}",
    "https://api.weixin.qq.com/x?access_token=57_abcDEF-123&openid=1",
    '{"access_token": "57_abcDEF-123"}',
    "'secret': '0123456789abcdef'",
    f"touser {OPENID}",
    f"[{OPENID}]",
    "13800138000",
    "+8613800138000",
    "138 0013 8000",
    "电话13800138000，请回",
    "0731-88880000",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_what_is_private_is_gone(text):
    told = scrub(text)

    for secret in (TOKEN, TOKEN.split(":")[1], OPENID, "57_abcDEF-123", "0123456789abcdef", "13800138000", "88880000"):
        assert secret not in told
    assert "[" in told


@pytest.mark.parametrize(
    "text",
    [
        "20261122-HL-000123-4",
        "2026-11-22T09:12:42.519655Z",
        "1795338759.1931853",
        "1795338759193",
        "another_very_long_name_of_a_thing",
        "oneverylongwordwithoutanydig",
        "the token is not the secret of anything",
        "00000000-0000-0000-0000-000000000000",
        "127.0.0.1:8080",
    ],
)
def test_what_is_not_private_stays(text):
    assert scrub(text) == text


@pytest.fixture
def logged(capsys):
    def told(*, as_json):
        logs.set_up(json=as_json, level=logging.INFO)
        structlog.get_logger().warning("a call failed", why=f"bot{TOKEN} {OPENID}", phone="13800138000")
        try:
            int(f"/bot{TOKEN}/sendMessage access_token=57_abcDEF")
        except ValueError:
            structlog.get_logger().exception("it broke")
        return capsys.readouterr().err

    yield told
    plain_logs()


@pytest.mark.parametrize("as_json", [True, False])
def test_a_log_line_holds_none_of_it_even_in_a_traceback(logged, as_json):
    told = logged(as_json=as_json)

    assert "a call failed" in told
    assert "Traceback" in told
    assert not [secret for secret in (TOKEN, "57_abcDEF", OPENID, "13800138000") if secret in told]


def test_a_scrubbed_line_is_still_json(logged):
    lines = [json.loads(line) for line in logged(as_json=True).splitlines()]

    assert [line["level"] for line in lines] == ["warning", "error"]
