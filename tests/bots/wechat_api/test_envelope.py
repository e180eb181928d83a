"""The envelope against the platform's published examples, against wechatpy alone, and against damage."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto, WeChatCrypto

from bots import Call
from bots.wechat_api.envelope import Envelope, Foreign, signature, unsealed
from bots.wechat_api.pushes import Malformed

OFFICIAL = json.loads((Path(__file__).parents[2] / "fixtures" / "wechat_official.json").read_text(encoding="utf-8"))
TOKEN, APPID, TEXT_KEY = OFFICIAL["token"], OFFICIAL["appid"], OFFICIAL["encoding_aes_key"]
KEY = base64.b64decode(TEXT_KEY + "=")
NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())


def envelope(**changed):
    settings = {"appid": APPID, "token": TOKEN, "aes_key": TEXT_KEY, "previous_aes_key": "", "mode": "safe"}
    return Envelope(**(settings | changed))


@pytest.mark.parametrize("name", ["address_check", "plain_push"])
def test_the_published_signatures_come_out(name):
    example = OFFICIAL[name]

    assert signature(TOKEN, example["timestamp"], example["nonce"]) == example["signature"]


def test_the_published_answer_opens():
    answer = OFFICIAL["sealed_answer"]

    assert unsealed(answer["encrypt"], KEY, APPID) == answer["plain"]
    assert signature(TOKEN, answer["timestamp"], answer["nonce"], answer["encrypt"]) == answer["msg_signature"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_wechatpy_opens_what_we_seal_and_we_what_it_seals(text):
    sealed = envelope().seal(text, KEY, at=NOW, nonce="7")
    signed = sealed.partition("<MsgSignature><![CDATA[")[2].partition("]]")[0]

    assert WeChatCrypto(TOKEN, TEXT_KEY, APPID).decrypt_message(sealed, signed, str(NOW), "7") == text
    assert unsealed(PrpCrypto(KEY).encrypt(text, APPID).decode(), KEY, APPID) == text


@given(st.binary(max_size=200))
def test_whatever_is_sent_for_an_encrypted_text_is_damaged(noise):
    with pytest.raises((Malformed, Foreign)):
        unsealed(base64.b64encode(noise).decode(), KEY, APPID)


@pytest.mark.parametrize("key", ["short", "A" * 42, "A" * 44, "!" * 43])
def test_a_damaged_key_stops_the_start(key):
    with pytest.raises(ValueError, match="43"):
        envelope(aes_key=key)


def test_safe_mode_without_a_key_stops_the_start():
    with pytest.raises(ValueError, match="aes_key"):
        envelope(aes_key="")


def test_while_the_key_is_changed_what_the_new_one_makes_of_it_by_chance_does_not_count():
    new, old = ("B" * 43, TEXT_KEY)
    reader = envelope(aes_key=new, previous_aes_key=old)
    chance = PrpCrypto(base64.b64decode(new + "="))
    sealed = next(
        encrypted
        for _ in range(10_000)
        if chance.cipher.decrypt(base64.b64decode(encrypted := PrpCrypto(KEY).encrypt("<xml></xml>", APPID)))[-1] == 1
    ).decode()
    query = {"timestamp": str(NOW), "nonce": "1", "encrypt_type": "aes"}
    query["msg_signature"] = signature(TOKEN, str(NOW), "1", sealed)
    body = f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()

    assert reader.open(Call("POST", query, {}, body, datetime.fromtimestamp(NOW, UTC))).key == KEY
