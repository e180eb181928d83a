"""Signatures and encryption of WeChat's pushes, written from the specification.

It uses none of wechatpy, so that wechatpy and the official vectors prove it and it proves what uses wechatpy.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # bytes: PKCS#7 to blocks of 32, not of AES's 16


class Undecryptable(Exception):
    """This is not encrypted with that key, or not for that account."""


def signature(*parts: str) -> str:
    """The hash of the parts in their order of bytes."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - the platform's choice


def _cipher(eak: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(eak + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def encrypt(eak: str, appid: str, message: bytes, random16: bytes) -> str:
    """The text of ``Encrypt``."""
    plain = random16 + struct.pack(">I", len(message)) + message + appid.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(eak).encryptor()
    sealed = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(eak: str, appid: str, text: str) -> bytes:
    """What was encrypted for *appid*. Raises: Undecryptable."""
    try:
        decryptor = _cipher(eak).decryptor()
        plain = decryptor.update(base64.b64decode(text, validate=True)) + decryptor.finalize()
    except (ValueError, binascii.Error) as error:
        raise Undecryptable("not base64 of whole blocks") from error
    pad = plain[-1] if plain else 0
    if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
        raise Undecryptable("bad padding")
    content = plain[16:-pad]
    (length,) = struct.unpack(">I", content[:4])
    message, to = content[4 : 4 + length], content[4 + length :]
    if to != appid.encode():
        raise Undecryptable("for another appid")
    return message
