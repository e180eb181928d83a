"""The fake WeChat's template messages, subscription notices and one-time messages, and the news of their fate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.fakes.wechat_asked import Redirect
from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_fields import fits
from tests.fakes.wechat_world import DAY, Template, User, bubble

if TYPE_CHECKING:
    from tests.fakes.wechat_asked import Asked
    from tests.fakes.wechat_pusher import Pusher
    from tests.fakes.wechat_world import Account, World

SAME_MESSAGE = 600.0  # seconds for which a client_msg_id means one message
LONGEST_TEMPLATE_ID = 64


async def template(asked: Asked, pusher: Pusher) -> dict[str, Any]:
    """POST /cgi-bin/message/template/send."""
    world, account = asked.world, asked.account()
    if not account.full and not account.test_account:
        raise Refusal(48001)
    given = asked.json()
    user = _recipient(world, account, given)
    if given.get("template_id") in user.refused:
        raise Refusal(43101)
    world.count("template", account.appid, period=DAY, most=world.settings.templates_a_day)
    form = _template(world, account, given, "tmpl")
    fields = _fields(world, account, form, given)
    if said := _said_before(world, user, given):
        return {"msgid": said}
    msgid = world.number()
    _remember(world, user, given, msgid)
    link = str(given.get("url", ""))
    world.show(user, bubble("account", "template", form.title, fields=fields, way="template", id=str(msgid), link=link))
    await _announce_template(world, pusher, account, user, msgid)
    return {"msgid": msgid}


def _recipient(world: World, account: Account, given: dict[str, Any]) -> User:
    user = world.known(account, given.get("touser"))
    if not user.subscribed:
        raise Refusal(43004)
    if user.blacklisted:
        raise Refusal(43019)
    return user


def _template(world: World, account: Account, given: dict[str, Any], kind: str) -> Template:
    wanted = given.get("template_id")
    if not isinstance(wanted, str) or not 0 < len(wanted) <= LONGEST_TEMPLATE_ID:
        raise Refusal(40036)
    form = world.templates.get((account.appid, wanted))
    if form is None or form.kind != kind:
        raise Refusal(40037)
    return form


def _fields(world: World, account: Account, form: Template, given: dict[str, Any]) -> dict[str, str]:
    data = given.get("data")
    if not isinstance(data, dict):
        raise Refusal(47003, key=form.fields[0])
    values = {key: data[key].get("value") if isinstance(data.get(key), dict) else None for key in form.fields}
    if not account.test_account:
        for key, value in values.items():
            if not fits(key, value):
                raise Refusal(47003, key=key)
    texts = {key: str(value) for key, value in values.items() if value is not None}
    if any(word in text for word in world.settings.forbidden_words for text in texts.values()):
        raise Refusal(40249)
    return texts


def _said_before(world: World, user: User, given: dict[str, Any]) -> int | None:
    until, msgid = world.msgids.get((user.appid, user.openid, str(given.get("client_msg_id", ""))), (0.0, 0))
    return msgid if until > world.now() else None


def _remember(world: World, user: User, given: dict[str, Any], msgid: int) -> None:
    if chosen := given.get("client_msg_id"):
        world.msgids[user.appid, user.openid, str(chosen)] = (world.now() + SAME_MESSAGE, msgid)


async def _announce_template(world: World, pusher: Pusher, account: Account, user: User, msgid: int) -> None:
    """Tell the account what became of a template message.

    ``Settings.job_results`` may say of the next ones: a Status such as ``failed:user block``, ``never``, or a Status
    behind ``twice `` or ``before `` (pushed before the call that sent it is answered).
    """
    queue = world.settings.job_results
    said = queue.pop(0) if queue else "failed:user block" if user.blocked_receive else "success"
    if said == "never":
        return
    when, _, rest = said.partition(" ")
    status = rest if when in {"twice", "before"} else said
    event = pusher.event(account, user, "TEMPLATESENDJOBFINISH", MsgID=msgid, Status=status)
    if when == "before":
        await pusher.push(account, user, event, shown=False)
        return
    for _ in range(2 if when == "twice" else 1):
        pusher.later(world.settings.job_delay, account, user, event)


async def subscription(asked: Asked, pusher: Pusher) -> dict[str, Any]:
    """POST /cgi-bin/message/subscribe/bizsend."""
    world, account = asked.world, asked.account()
    if not account.full:
        raise Refusal(48001)
    given = asked.json()
    user = world.known(account, given.get("touser"))
    form = _template(world, account, given, "sub")
    fields = _fields(world, account, form, given)
    if user.grants[form.id] <= 0:
        raise Refusal(43101)
    user.grants[form.id] -= 1
    msgid = world.number()
    link = str(given.get("page", ""))
    shown = bubble("account", "notice", form.title, fields=fields, way="subscription", id=str(msgid), link=link)
    world.show(user, shown)
    code, status = (48002, "user block") if user.blocked_receive else (0, "success")
    sent = {"TemplateId": form.id, "MsgID": str(msgid), "ErrorCode": code, "ErrorStatus": status}
    event = pusher.event(account, user, "subscribe_msg_sent_event", SubscribeMsgSentEvent={"List": [sent]})
    pusher.later(world.settings.job_delay, account, user, event)
    return {"msgid": msgid} if world.settings.bizsend_gives_id else {}


def one_time(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/message/template/subscribe: one message for one consent, for verified accounts of both kinds."""
    world, account = asked.world, asked.account()
    if not account.verified:
        raise Refusal(48001)
    given = asked.json()
    user = world.known(account, given.get("touser"))
    wanted = str(given.get("template_id", ""))
    content = given.get("data", {}).get("content", {}).get("value", "")
    if not content:
        raise Refusal(47003, key="content")
    if user.consents[wanted] <= 0:
        raise Refusal(43101)
    user.consents[wanted] -= 1
    title, link = str(given.get("title", "")), str(given.get("url", ""))
    world.show(user, bubble("account", "notice", title, fields={"content": content}, way="one_time", link=link))
    return {}


def consent(asked: Asked) -> Redirect:
    """GET /mp/subscribemsg: the page on which a person allows one message.

    ``openid`` and ``answer`` (confirm, cancel) say who and what; the real page knows them from the phone.
    """
    query, world = asked.query, asked.world
    account = world.account(query.get("appid", ""))
    answer, wanted = query.get("answer", "confirm"), query.get("template_id", "")
    user = world.user(account, query.get("openid", ""))
    if answer == "confirm":
        user.consents[wanted] += 1
    names = ("openid", "template_id", "scene", "reserved")
    back = {name: query[name] for name in names if name in query} | {"action": answer}
    url = query.get("redirect_url", "")
    return Redirect(f"{url}{'&' if '?' in url else '?'}{urlencode(back)}")
