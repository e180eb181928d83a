"""What can go wrong with a call to the Bot API: from its answer to the library's errors, from those to ours.

TelegramError (the library's)
├── NotConnected   no byte of the call went out
├── NoAnswer       the call went out, and what came back tells nothing: it may have been carried out
├── Busy           the API, or something in front of it, refuses everything for now
├── Flood          429: too much at once
└── BadRequest, Forbidden, ChatMigrated, InvalidToken, Conflict: as the library has them

python-telegram-bot takes a read time-out and a refused connection for much
the same, and a proxy's 403 for a citizen's; here they are told apart by the
HTTP status and by whether the answer is the API's own JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bots import ChannelDown, ChannelError, NotSent, NotThisWay, Uncertain, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOOD_SECONDS = 5.0
"""How long to wait where the API forbids more and does not say for how long."""

GATEWAY_TIMEOUT = 504
"""Something in front of the API waited for it in vain: the API may have done what was asked."""


class NotConnected(TelegramError):
    """No connection was made, so nothing was asked."""


class NoAnswer(TelegramError):
    """The call went out; whether it was carried out is not known."""


class Busy(TelegramError):
    """5xx, or an answer that is not the API's: it was not carried out."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the Bot API answered with status {status}")
        self.status = status


class Flood(TelegramError):
    """Too many calls. ``seconds``: how long to keep quiet."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the Bot API wants {seconds:g} seconds of silence")
        self.seconds = seconds


def result(status: int, headers: Mapping[str, str], body: bytes) -> Any:
    """What a call gives back. Raises: TelegramError, one of those above."""
    answer = _answer(body)
    if status < 300:
        if answer is None or "result" not in answer:
            raise NoAnswer(f"the answer ({status}, {len(body)} bytes) is not the Bot API's")
        return answer["result"]
    raise _failure(status, headers, answer)


def _answer(body: bytes) -> dict[str, Any] | None:
    """The API's JSON object; None: this is something else, such as a proxy's page."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("ok"), bool) else None


def _failure(status: int, headers: Mapping[str, str], answer: dict[str, Any] | None) -> TelegramError:
    told = str((answer or {}).get("description") or f"status {status}")
    parameters = (answer or {}).get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    if isinstance(moved := parameters.get("migrate_to_chat_id"), int):
        return ChatMigrated(moved)
    match status:
        case 401 | 404:  # a revoked token; a token or a base address that is misspelt
            return InvalidToken(told)
        case 429:
            return Flood(_seconds(parameters.get("retry_after"), headers.get("Retry-After")))
        case 504:
            return NoAnswer(f"the answer has status {GATEWAY_TIMEOUT}")
        case 400 if answer is not None:
            return BadRequest(told)
        case 403 if answer is not None:
            return Forbidden(told)
        case 409 if answer is not None:
            return Conflict(told)
    return Busy(status)


def _seconds(*told: object) -> float:
    for value in told:
        try:
            return max(float(str(value)), 0.0)
        except ValueError:
            continue
    return FLOOD_SECONDS


GONE = {
    "bot was blocked by the user": ("blocked", "市民拉黑了机器人"),
    "user is deactivated": ("deactivated", "市民的 Telegram 账号已注销"),
    "initiate conversation": ("not_started", "市民还没有和机器人说过话"),
    "bot was kicked": ("kicked", "机器人被移出了群组"),
    "is not a member": ("not_member", "机器人不在这个群组里"),
    "group chat was deleted": ("deleted", "群组已解散"),
    "chat not found": ("no_chat", "Telegram 找不到这个会话"),
    "user not found": ("no_user", "Telegram 找不到这位用户"),
    "peer_id_invalid": ("no_user", "Telegram 找不到这位用户"),
    "rights to send": ("no_rights", "机器人在群组里没有发言的权限"),
    "chat_write_forbidden": ("no_rights", "机器人在群组里没有发言的权限"),
}
"""Words of the API's description, in small letters: a short code, and the reason that the desk shows."""


def as_ours(error: TelegramError, *, everybody: bool = True) -> ChannelError:
    """The channel's error for one of the library's; ``everybody``: a flood limit holds for all chats of the bot."""
    match error:
        case NotConnected():
            return NotSent("连不上 Telegram", code="connect", en="Telegram cannot be reached")
        case NoAnswer():
            return Uncertain("Telegram 没有回音", code="timeout", en="Telegram does not answer")
        case Flood():
            said = f"Telegram 要求 {error.seconds:g} 秒后再发"
            en = f"Telegram wants us to wait for {error.seconds:g} seconds"
            return NotSent(said, retry_after=error.seconds, everybody=everybody, code="429", en=en)
        case Busy():
            en = f"Telegram is not available for now ({error.status})"
            return NotSent(f"Telegram 暂时不可用（{error.status}）", code=str(error.status), en=en)
        case InvalidToken():
            return ChannelDown(
                "Telegram 不认这个机器人的 token（可能已被吊销，或 api_base 有误），请检查设置",
                code="401",
                en="Telegram does not know this bot's token (revoked, or a wrong api_base): check the settings",
            )
        case ChatMigrated():
            return NotSent("群组换了号码", code="migrated")
        case Forbidden() | BadRequest():
            return _refused(error)
    en = f"Telegram did not take the call ({type(error).__name__})"
    return NotSent("Telegram 没有接收这条消息", code=type(error).__name__, en=en)


def about_the_bot(error: TelegramError) -> NotSent | ChannelDown:
    """The error for a call that concerns nobody but the bot itself, and can be repeated whatever became of it."""
    told = as_ours(error)
    if isinstance(told, NotSent | ChannelDown):
        return told
    if isinstance(told, Uncertain):
        return NotSent(str(told), code=told.code, en=told.en)
    en = f"Telegram does not take the bot's settings ({error.message[:120]})"
    return ChannelDown(f"Telegram 不接受机器人的设置（{error.message[:120]}），请检查", code=told.code, en=en)


def _refused(error: Forbidden | BadRequest) -> ChannelError:
    """For ever: the person is gone, or the message itself is not taken."""
    told = error.message.casefold()
    if "logged out" in told:  # to a server of one's own: nobody is reached at this one
        en = "the bot is logged out of this Telegram server: check api_base"
        return ChannelDown("机器人已从这个 Telegram 服务器登出，请检查 api_base", code="logged_out", en=en)
    for words, (code, reason) in GONE.items():
        if words in told:
            return Unreachable(reason, code=code)
    if isinstance(error, Forbidden):
        return Unreachable(f"Telegram 不许给市民发消息（{error.message[:80]}）", code="403")
    return NotThisWay(f"Telegram 不收这条消息（{error.message[:80]}）", code="400")
