"""What a platform tells beside messages: who left or came back, what became of a message, what somebody allows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.services.privacy import forgetting
from dialogs.effects import Forget
from dialogs.messages import Back, ChatMoved, Granted, Left, Result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from dialogs.messages import News
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

AT_ONCE = timedelta(seconds=3)
"""News may overtake messages: who wrote later than that after they left is back already."""
SILENCE = timedelta(minutes=10)
UNHEARD = "平台收下已过10分钟，没有告知是否送到，请用其他方式与市民确认。"
NOT_DELIVERED = "平台已收下，但没有送到（{reason}），请改用其他方式联系市民。"


def note(work: UnitOfWork, institutions: Institutions, institution: Institution, news: News, *, at: datetime) -> None:
    """Keep it; the same news twice changes nothing more. *institution*: whose dialog the channel talks."""
    match news:
        case Left(peer, left_at, why):
            work.lock_person(peer.channel, peer.address)
            person = work.people.find(peer.channel, peer.address)
            if person is not None and not person.gone and not work.reaches.heard_since(person.id, left_at + AT_ONCE):
                _left(work, institutions, institution, person, why, at=left_at)
        case Back(peer, back_at):
            work.lock_person(peer.channel, peer.address)
            person = work.people.find(peer.channel, peer.address)
            if person is not None:
                work.reaches.come_back(person.id, at=back_at)
        case Granted(peer, template, more, granted_at):
            person = work.people.find_or_add(peer.channel, peer.address, language="zh", at=at)
            work.reaches.grant(person.id, template, more, at=granted_at)
        case Result():
            _ended(work, news, at=at)
        case ChatMoved(channel, old, new):
            work.reaches.move(channel, old, new)


def _left(
    work: UnitOfWork, institutions: Institutions, institution: Institution, person: Person, why: str, *, at: datetime
) -> None:
    """Nothing is sent to them any more. Who unfollows is forgotten too, as WeChat asks of every account.

    Their cases stay, as the law asks; their address is kept as a hash only, so
    that they find their cases again when they come back.
    """
    work.reaches.leave(person.id, at=at, why=why)
    if why == "unfollowed":
        forgetting.forget(work, institutions, institution, person, Forget(at), at=at)
        work.inbox.forget(person.channel, person.address)
        work.people.veil(person.id)


def _ended(work: UnitOfWork, news: Result, *, at: datetime) -> None:
    """What became of a message: by its id, else the oldest of that template and person that has none; else keep it."""
    told = "" if news.delivered else NOT_DELIVERED.format(reason=news.reason)
    early: dict[str, Any] = {"delivered": news.delivered, "reason": told}
    if work.reaches.result(news.channel, news.platform_id, **early, at=at) is not None:
        return
    person = work.people.find(news.channel, news.peer.address) if news.peer and news.template else None
    if person is None:
        work.inbox.hold_result(news.channel, news.platform_id, early, at=at)
    elif work.reaches.numbered(person.id, news.template, news.platform_id, **early, at=at) is None:
        held = early | {"platform_id": news.platform_id}
        work.inbox.hold_result(news.channel, _unnumbered(person.id, news.template), held, at=at)


def catch_up(work: UnitOfWork, channel: str, platform_id: str, *, at: datetime, person: int = 0) -> None:
    """Note what the platform told of a message before it told us that it had taken it."""
    if (early := work.inbox.take_result(channel, platform_id)) is not None:
        work.reaches.result(channel, platform_id, **early, at=at)
    elif (early := work.inbox.take_result(channel, _unnumbered(person, platform_id))) is not None:
        work.reaches.numbered(person, platform_id, **early, at=at)


def _unnumbered(person: int, template: str) -> str:
    """Under which a result is held that came before its message had an id."""
    return f"{template} {person}"


def give_up(work: UnitOfWork, *, at: datetime) -> int:
    """Say of messages whose platform has been silent about them for long that nobody knows; how many."""
    return work.reaches.give_up(before=at - SILENCE, reason=UNHEARD, at=at)
