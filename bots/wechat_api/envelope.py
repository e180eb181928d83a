"""Who may talk to the hook: WeChat's signatures, how fresh they are, and its encryption.

In plain mode the signature covers token, time and nonce, but not the body:
whoever saw one call can repeat its query with a body of their own, within the
ten minutes that a call stays fresh. A process that has seen the call refuses
that; another one cannot know. That is why safe mode is the default.

Signatures and encryption are wechatpy's. What it leaves open is closed here:
it compares signatures with ``!=``, takes any age, any padding and letters that
are not base64, and fails with whatever a wrong key makes of the text.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException
from wechatpy.utils import WeChatSigner

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
REMEMBERED = 100_000
"""Plain calls, far more than come in ten minutes."""
BLOCK = 32  # bytes: WeChat pads to blocks of 32, not of AES's 16
KEY = 43  # characters of an EncodingAESKey


class Foreign(Exception):
    """It was encrypted with our key, for another account."""


class Damaged(Malformed):
    """What was encrypted cannot be opened with this key."""


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
        self._bodies: dict[str, tuple[float, bytes]] = {}  # of plain calls by signature: when they came, a hash
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
        sealed = _Crypto(key).encrypt(text, self._appid).decode()
        signed = signature(self._token, str(at), nonce, sealed)
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature>"
            f"<TimeStamp>{at}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def _plain(self, call: Call) -> Opened:
        if self._safe:
            raise Refused(403, "plain, where only encrypted messages are taken")
        self._verify(call, "signature")
        self._refuse_another(call)
        return Opened(pushes.read(pushes.text_of(call.body)), None)

    def _refuse_another(self, call: Call) -> None:
        """Raises: Refused: these words go round under the signature of others."""
        at, told = call.at.timestamp(), hashlib.sha256(call.body).digest()
        _, known = self._bodies.setdefault(_said(call, "signature"), (at, told))
        if known != told:
            raise Refused(403, "the signature of another message")
        while (oldest := next(iter(self._bodies.items())))[1][0] < at - 2 * FRESH.total_seconds() or (
            len(self._bodies) > REMEMBERED
        ):
            del self._bodies[oldest[0]]

    def _sealed(self, call: Call) -> Opened:
        """What stands beside ``Encrypt`` is not looked at: nobody has signed it."""
        if not self._keys:
            raise Refused(400, "encrypted, and no aes_key is set")
        encrypted = pushes.read(pushes.text_of(call.body)).word("Encrypt")
        self._verify(call, "msg_signature", encrypted)
        refusal = Refused(400, "no key of ours opens it")
        for key in self._keys:
            try:
                return Opened(pushes.read(unsealed(encrypted, key, self._appid)), key)
            except Foreign:  # or the wrong key made of it what only looks like a message: the next may open it
                refusal = Refused(403, "encrypted for another appid")
            except Damaged:
                continue
        raise refusal

    def _verify(self, call: Call, name: str, *more: str) -> None:
        at, nonce = _said(call, "timestamp"), _said(call, "nonce")
        signed = signature(self._token, at, nonce, *more)
        if not hmac.compare_digest(signed.encode(), _said(call, name).encode()):
            raise Refused(403, "the signature is wrong")
        if not (at.isascii() and at.isdigit() and abs(call.at.timestamp() - int(at)) <= FRESH.total_seconds()):
            raise Refused(403, "the call is stale")


class _Crypto(PrpCrypto):  # type: ignore[misc] # wechatpy ships no types
    """wechatpy's, with letters before the message that nobody can guess: they alone make two equal ones differ."""

    def get_random_string(self) -> str:
        """Sixteen."""
        return secrets.token_hex(8)


def signature(*parts: str) -> str:
    """What WeChat signs with: SHA-1 of the parts in the order of their bytes."""
    signer = WeChatSigner()
    signer.add_data(*(part.encode("utf-8", "replace") for part in parts))
    return str(signer.signature)


def unsealed(encrypted: str, key: bytes, appid: str) -> str:
    """The text of ``Encrypt``. Raises: Damaged: or another key; Foreign."""
    crypto = _Crypto(key)
    try:
        _check_padding(crypto.cipher.decrypt(base64.b64decode(encrypted, validate=True)))
        return str(crypto.decrypt(encrypted, appid))
    except InvalidAppIdException:
        raise Foreign from None
    except Exception as error:  # a wrong key makes anything of it: no UTF-8, no length, no block
        raise Damaged("not opened") from error


def _check_padding(padded: bytes) -> None:
    """Raises: ValueError, IndexError: there is nothing at all."""
    pad = padded[-1]
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise ValueError("the padding is wrong")


def _said(call: Call, name: str) -> str:
    value = call.query.get(name, "")
    return value if len(value) <= LONGEST else ""


def _key(text: str) -> bytes:
    if not (len(text) == KEY and text.isascii() and text.isalnum()):
        raise ValueError(f"an EncodingAESKey has {KEY} letters and digits")
    return base64.b64decode(text + "=")
