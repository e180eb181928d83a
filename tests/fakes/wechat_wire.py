"""The bodies that go between the fake WeChat and an account's server: XML or JSON, plain or encrypted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from tests.fakes import wechat_crypto as crypto

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.wechat_world import Account


class Garbage(Exception):
    """An answer that the platform does not understand."""


def to_xml(fields: Mapping[str, Any], root: str = "xml") -> str:
    """Numbers stand bare, texts in CDATA; a list is its element repeated."""
    return f"<{root}>" + "".join(_element(name, value) for name, value in fields.items()) + f"</{root}>"


def _element(name: str, value: Any) -> str:
    match value:
        case dict():
            return to_xml(value, name)
        case list() | tuple():
            return "".join(_element(name, one) for one in value)
        case int() | float():
            return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{str(value).replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def to_json(fields: Mapping[str, Any]) -> str:
    """As the platform writes it: a list of one is an object."""
    return json.dumps({name: _single(value) for name, value in fields.items()}, ensure_ascii=False)


def _single(value: Any) -> Any:
    match value:
        case dict():
            return {name: _single(one) for name, one in value.items()}
        case [one]:
            return _single(one)
        case list() | tuple():
            return [_single(one) for one in value]
    return value


def envelope(account: Account, message: Mapping[str, Any], random16: bytes) -> tuple[str, str]:
    """The body of a push and its ``Encrypt`` ("" where there is none)."""
    write = to_json if account.format == "json" else to_xml
    if account.mode == "plain":
        return write(message), ""
    key = account.prev_eak if account.push_with_previous else account.eak
    sealed = crypto.encrypt(key, account.appid, write(message).encode(), random16)
    outside = dict(message) if account.mode == "compat" else {"ToUserName": message["ToUserName"]}
    return write(outside | {"Encrypt": sealed}), sealed


def signed_query(account: Account, openid: str, encrypted: str, timestamp: str, nonce: str) -> dict[str, str]:
    """The query of a push."""
    query = {
        "signature": crypto.signature(account.token, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "openid": openid,
    }
    if encrypted:
        sealed = crypto.signature(account.token, timestamp, nonce, encrypted)
        query |= {"encrypt_type": "aes", "msg_signature": sealed}
    return query


def parse(text: str) -> dict[str, Any]:
    """XML with one root, or a JSON object, as nested values. Raises: Garbage: also for a doubled field."""
    if text.lstrip().startswith("{"):
        try:
            return dict(json.loads(text))
        except ValueError as error:
            raise Garbage("bad JSON") from error
    try:
        root = ET.fromstring(text)  # noqa: S314 - the answer of our own server
    except ET.ParseError as error:
        raise Garbage("neither XML nor JSON") from error
    if root.tag != "xml":
        raise Garbage("the root is not <xml>")
    value = _value(root)
    return value if isinstance(value, dict) else {}


def _value(node: ET.Element) -> Any:
    if not len(node):
        return node.text or ""
    fields: dict[str, Any] = {}
    for child in node:
        if child.tag in fields and child.tag != "item":
            raise Garbage(f"<{child.tag}> stands twice")
        value = _value(child)
        fields[child.tag] = [*fields.get(child.tag, []), value] if child.tag == "item" else value
    return fields


def opened(account: Account, text: str) -> str:
    """What an answer says, decrypted where it is encrypted; the account's mode decides what may stay open.

    Raises: Garbage.
    """
    outer = parse(text)
    if "Encrypt" not in outer:
        if account.mode == "safe":
            raise Garbage("plain answer in safe mode")
        return text
    if account.mode == "plain":
        raise Garbage("encrypted answer in plain mode")
    names = {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    if not names <= outer.keys():
        raise Garbage("the envelope lacks a field")
    parts = (str(outer["TimeStamp"]), str(outer["Nonce"]), str(outer["Encrypt"]))
    if crypto.signature(account.token, *parts) != outer["MsgSignature"]:
        raise Garbage("bad MsgSignature")
    key = account.prev_eak if account.push_with_previous else account.eak
    try:
        return crypto.decrypt(key, account.appid, parts[2]).decode()
    except (crypto.Undecryptable, UnicodeDecodeError) as error:
        raise Garbage(str(error)) from error
