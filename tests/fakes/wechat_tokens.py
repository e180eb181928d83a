"""The fake WeChat's access tokens: of the old call, which ends the one before, and of the stable one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_world import DAY, Account, Token, World

if TYPE_CHECKING:
    from tests.fakes.wechat_asked import Asked

LIFE = 7200.0
RENEWED = 300.0  # seconds before its end a stable token is followed by the next; both are good that long
FORCES_A_DAY, FORCES_APART = 20, 30.0


def _owner(asked: Asked, given: dict[str, Any]) -> Account:
    for name, missing in (("appid", 41002), ("secret", 41004)):
        if not given.get(name):
            raise Refusal(missing)
    if given.get("grant_type") != "client_credential":
        raise Refusal(40002)
    account = asked.world.account(str(given["appid"]))
    if given["secret"] != account.secret:
        raise Refusal(40125)
    if account.ip_whitelist is not None and asked.ip not in account.ip_whitelist:
        raise Refusal(40164, ip=asked.ip)
    return account


def _new(world: World, account: Account, kind: Literal["plain", "stable"]) -> Token:
    value = f"88_{world.fresh(kind + ' token')}{world.fresh('tail')[:29]}"
    token = Token(account.appid, kind, value, world.now() + LIFE)
    world.tokens[value] = token
    return token


def _alive(world: World, account: Account, kind: str) -> list[Token]:
    """Good ones, the newest last."""
    mine = (token for token in world.tokens.values() if (token.appid, token.kind) == (account.appid, kind))
    return [token for token in mine if min(token.ends, token.dead_at) > world.now()]


def _given(world: World, token: Token) -> dict[str, Any]:
    return {"access_token": token.value, "expires_in": int(token.ends - world.now())}


def plain(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/token."""
    world, account = asked.world, _owner(asked, dict(asked.query))
    world.count("token", account.appid, period=DAY, most=world.settings.tokens_a_day)
    for old in _alive(world, account, "plain"):
        old.dead_at = min(old.dead_at, world.now() + world.settings.plain_token_overlap)
    return _given(world, _new(world, account, "plain"))


def stable(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/stable_token."""
    world, given = asked.world, asked.json()
    account = _owner(asked, given)
    world.count("stable minute", account.appid, period=60, most=10_000)
    world.count("stable day", account.appid, period=DAY, most=500_000)
    alive = _alive(world, account, "stable")
    if given.get("force_refresh") and _may_force(world, account):
        for old in alive:
            old.dead_at = world.now()
        alive = []
    if alive and alive[-1].ends - world.now() > RENEWED:
        return _given(world, alive[-1])
    return _given(world, _new(world, account, "stable"))


def _may_force(world: World, account: Account) -> bool:
    forced = world.forced.setdefault(account.appid, [])
    today = [at for at in forced if at > world.now() - DAY]
    if len(today) >= FORCES_A_DAY or (today and world.now() - today[-1] < FORCES_APART):
        return False
    forced.append(world.now())
    return True


def invalidate(world: World, account: Account) -> None:
    """End every token of an account at once, as another process of its owner would."""
    for token in world.tokens.values():
        if token.appid == account.appid:
            token.dead_at = min(token.dead_at, world.now())
