"""One try to send a message: one way after the other, until one takes it or nothing more is to be tried now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from backend.domain.delivery import Outcome, ladder
from backend.store.reach import GONE
from bots import ChannelDown, ChannelError, NotSent, NotThisWay, Uncertain, Unreachable
from dialogs.messages import Choice, Outbound, Say

if TYPE_CHECKING:
    from backend.store.outbox import Row
    from backend.store.reach import Reach
    from bots import Channel
    from dialogs.messages import Peer, Receipt

log = structlog.get_logger()

ODD = "程序出错，请联系管理员"
"""What the desk is told of a fault of ours in a channel."""
PAUSE = 60.0
"""Seconds for which a channel is left alone whose platform takes nothing from us."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How one try ended, over all ways."""

    outcome: Outcome
    way: str = ""
    said: str = ""  # for the desk
    retry_after: float | None = None  # seconds
    receipt: Receipt | None = None  # where the platform took it
    spent: tuple[str, ...] = ()  # templates of which one message less is left
    pause: float | None = None  # seconds for which the whole channel is left alone
    cost: int = 1  # messages of those that the platform counts


async def attempt(channel: Channel | None, row: Row, peer: Peer, reach: Reach) -> Tried:
    """One way after the other, until one takes it or nothing more is to be tried now."""
    if channel is None:
        return Tried(Outcome.UNREACHABLE, said=f"渠道 {peer.channel} 已停用")
    if reach.gone:
        return Tried(Outcome.UNREACHABLE, said=GONE[reach.gone].rstrip("。"))
    ways, shut = ladder(channel.ways, row.kind, free=reach.free, grants=reach.grants)
    grants = {way.name: way.grant for way in channel.ways if not way.kinds or row.kind in way.kinds}
    say = Say(row.text, tuple(Choice(c["id"], c["label"]) for c in row.choices))
    spent: list[str] = []
    for way in ways:
        message = Outbound(peer, say, f"outbox-{row.id}", way, row.kind, {"note": _note(row)} | row.fields)
        try:
            receipt = await _given(channel, message)
        except NotThisWay as error:
            shut.append(str(error))
            spent += [grants[way]] if grants[way] else []
        except NotSent as error:
            pause = (error.retry_after or PAUSE) if error.everybody else None
            return Tried(Outcome.NOT_SENT, way, str(error), error.retry_after, spent=tuple(spent), pause=pause)
        except ChannelDown as error:
            return Tried(Outcome.NOT_SENT, way, str(error), PAUSE, spent=tuple(spent), pause=PAUSE)
        except Uncertain as error:
            return Tried(Outcome.UNCERTAIN, way, str(error), spent=tuple(spent), cost=error.cost)
        except Unreachable as error:
            return Tried(Outcome.UNREACHABLE, way, str(error), spent=tuple(spent))
        else:
            outcome = Outcome.DELIVERED if receipt.delivered else Outcome.ACCEPTED
            used = (grants[way],) if grants[way] else ()
            return Tried(outcome, way, receipt=receipt, spent=(*spent, *used), cost=receipt.cost)
    return Tried(Outcome.UNREACHABLE, said="；".join(dict.fromkeys(shut)), spent=tuple(spent))


async def _given(channel: Channel, message: Outbound) -> Receipt:
    """Give it to the platform. A fault that nobody foresaw may neither hold up everybody else nor be tried for ever.

    Raises: ChannelError.
    """
    try:
        return await channel.send(message)
    except ChannelError:
        raise
    except Exception as error:
        log.exception("a channel failed in a way that nobody foresaw", channel=channel.name, message=message.key)
        raise Uncertain(f"{ODD}（{type(error).__name__}）") from error


def _note(row: Row) -> str:
    """What a form says in a few words; the case's number has a field of its own there."""
    return row.text.replace(f"（{row.number}）", "").replace(f" ({row.number})", "")
