"""The fake's signatures and encryption against the examples that the platform publishes, and against wechatpy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from tests.fakes import wechat_crypto as crypto

OFFICIAL = json.loads((Path(__file__).parent.parent / "fixtures" / "wechat_official.json").read_text(encoding="utf-8"))
TOKEN, KEY, APPID = OFFICIAL["token"], OFFICIAL["encoding_aes_key"], OFFICIAL["appid"]


@pytest.mark.parametrize("name", ["address_check", "plain_push", "sealed_push"])
def test_the_published_signatures_come_out(name):
    example = OFFICIAL[name]

    assert crypto.signature(TOKEN, example["timestamp"], example["nonce"]) == example["signature"]


@pytest.mark.parametrize("name", ["sealed_push", "sealed_answer"])
def test_the_published_signatures_of_sealed_messages_come_out(name):
    example = OFFICIAL[name]

    made = crypto.signature(TOKEN, example["timestamp"], example["nonce"], example["encrypt"])

    assert made == example["msg_signature"]


def test_the_published_push_opens():
    opened = crypto.decrypt(KEY, APPID, OFFICIAL["sealed_push"]["encrypt"])

    assert len(opened) == OFFICIAL["sealed_push"]["bytes"]
    assert json.loads(opened)["Event"] == OFFICIAL["sealed_push"]["event"]


def test_the_published_answer_is_sealed_to_the_same_letters():
    example = OFFICIAL["sealed_answer"]

    sealed = crypto.encrypt(KEY, APPID, example["plain"].encode(), example["random16"].encode())

    assert sealed == example["encrypt"]


@given(st.text(max_size=300))
def test_what_is_sealed_opens_here_and_in_wechatpy(text):
    sealed = crypto.encrypt(KEY, APPID, text.encode(), b"0123456789abcdef")
    made = crypto.signature(TOKEN, "1", "2", sealed)

    assert crypto.decrypt(KEY, APPID, sealed).decode() == text
    assert WeChatCrypto(TOKEN, KEY, APPID).decrypt_message({"Encrypt": sealed}, made, "1", "2") == text


@pytest.mark.parametrize("sealed", ["", "AAAA", "not base64!", OFFICIAL["sealed_push"]["encrypt"][:-24]])
def test_what_is_damaged_does_not_open(sealed):
    with pytest.raises(crypto.Undecryptable):
        crypto.decrypt(KEY, APPID, sealed)


def test_a_message_for_another_account_does_not_open():
    sealed = crypto.encrypt(KEY, "wx_another", b"<xml/>", b"0123456789abcdef")

    with pytest.raises(crypto.Undecryptable, match="another appid"):
        crypto.decrypt(KEY, APPID, sealed)


def test_another_key_does_not_open_it():
    sealed = crypto.encrypt("B" * 43, APPID, b"<xml/>", b"0123456789abcdef")

    with pytest.raises(crypto.Undecryptable):
        crypto.decrypt(KEY, APPID, sealed)
