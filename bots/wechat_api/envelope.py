"""Who may talk to the hook: WeChat's signatures, how fresh they are, and its encryption.

In plain mode the signature covers token, time and nonce, but not the body:
whoever saw one call can repeat its query with a body of their own, within the
ten minutes that a call stays fresh. That is why safe mode is the default.

The cipher is used directly: wechatpy's takes any padding, fails with whatever
a wrong key makes of the text, and costs 0.2 s at start. Tests prove ours
against it, both ways, and against the platform's published examples.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bots import Refused
from bots.wechat_api import pushes
from bots.wechat_api.pushes import Malformed

if TYPE_CHECKING:
    from bots import Call
    from bots.wechat_api.pushes import Push

FRESH = timedelta(minutes=10)
"""How old a call may be, or how far ahead its clock: WeChat repeats one for 15 s."""
LARGEST = 256 * 1024  # bytes; a text message of WeChat's is at most some 20 KB, three times that in compatible mode
LONGEST = 128  # characters of anything in the query that we use or give back
BLOCK = 32  # bytes: WeChat pads to blocks of 32, not of AES's 16
KEY = 43  # characters of an EncodingAESKey


class Foreign(Exception):
    """It was encrypted with our key, for another account."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified call. ``key``: the one that opened it, and that an answer is sealed with; None: it was plain."""

    push: Push
    key: bytes | None


class Envelope:
    """The secrets of one account. ``mode``: safe takes only what is encrypted, plain takes both. Raises: ValueError."""

    def __init__(self, *, appid: str, token: str, aes_key: str, previous_aes_key: str, mode: str) -> None:
        self._appid, self._token, self._safe = appid, token, mode == "safe"
        self._keys = tuple(_key(text) for text in (aes_key, previous_aes_key) if text)
        if self._safe and not self._keys:
            raise ValueError("safe mode needs aes_key, the EncodingAESKey of the account's settings page")

    def echo(self, call: Call) -> bytes:
        """What the platform wants to hear back when the hook's address is entered there. Raises: Refused."""
        self._verify(call, "signature")
        return _said(call, "echostr").encode()

    def open(self, call: Call) -> Opened:
        """The message of a verified call. Raises: Refused."""
        if len(call.body) > LARGEST:
            raise Refused(413, "the body is too large")
        try:
            if call.query.get("encrypt_type", "raw") in {"raw", ""}:
                return self._plain(call)
            return self._sealed(call)
        except Malformed as error:
            raise Refused(400, str(error)) from None

    def seal(self, text: str, key: bytes, *, at: int, nonce: str) -> str:
        """An answer, encrypted; ``at`` in seconds since 1970."""
        plain = os.urandom(16) + struct.pack(">I", len(text.encode())) + text.encode() + self._appid.encode()
        pad = BLOCK - len(plain) % BLOCK
        cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        sealed = base64.b64encode(cipher.update(plain + bytes([pad]) * pad) + cipher.finalize()).decode()
        signed = signature(self._token, str(at), nonce, sealed)
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature>"
            f"<TimeStamp>{at}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def _plain(self, call: Call) -> Opened:
        if self._safe:
            raise Refused(403, "plain, where only encrypted messages are taken")
        self._verify(call, "signature")
        return Opened(pushes.read(pushes.text_of(call.body)), None)

    def _sealed(self, call: Call) -> Opened:
        """What stands beside ``Encrypt`` is not looked at: nobody has signed it."""
        if not self._keys:
            raise Refused(400, "encrypted, and no aes_key is set")
        encrypted = pushes.read(pushes.text_of(call.body)).word("Encrypt")
        self._verify(call, "msg_signature", encrypted)
        for key in self._keys:
            try:
                text = unsealed(encrypted, key, self._appid)
            except Foreign:
                raise Refused(403, "encrypted for another appid") from None
            except Malformed:
                continue
            return Opened(pushes.read(text), key)
        raise Refused(400, "no key of ours opens it")

    def _verify(self, call: Call, name: str, *more: str) -> None:
        at, nonce = _said(call, "timestamp"), _said(call, "nonce")
        signed = signature(self._token, at, nonce, *more)
        if not hmac.compare_digest(signed.encode(), _said(call, name).encode()):
            raise Refused(403, "the signature is wrong")
        if not (at.isascii() and at.isdigit() and abs(call.at.timestamp() - int(at)) <= FRESH.total_seconds()):
            raise Refused(403, "the call is stale")


def signature(*parts: str) -> str:
    """What WeChat signs with: SHA-1 of the parts in the order of their bytes."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()  # noqa: S324 - theirs to choose


def unsealed(encrypted: str, key: bytes, appid: str) -> str:
    """The text of ``Encrypt``. Raises: Malformed: another key, or damaged; Foreign."""
    try:
        cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        padded = cipher.update(base64.b64decode(encrypted, validate=True)) + cipher.finalize()
    except ValueError:
        raise Malformed("not base64 of whole blocks") from None
    pad = padded[-1] if padded else 0
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad or len(padded) < pad + 20:
        raise Malformed("the padding is wrong")
    (length,) = struct.unpack(">I", padded[16:20])
    text, to = padded[20:-pad][:length], padded[20:-pad][length:]
    if to != appid.encode():
        raise Foreign
    return pushes.text_of(text)


def _said(call: Call, name: str) -> str:
    value = call.query.get(name, "")
    return value if len(value) <= LONGEST else ""


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text + "=", validate=True)
    except ValueError:
        key = b""
    if len(text) != KEY or len(key) != BLOCK:
        raise ValueError(f"an EncodingAESKey has {KEY} letters and digits")
    return key
