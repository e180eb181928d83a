"""``jiesu user``, ``token`` and ``place``: who may use the desk and the API, and the codes on walls."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import platforms, surroundings
from backend.cli.database import opened
from backend.cli.errors import Refused, WrongUse
from backend.cli.passwords import one_time_password
from backend.cli.plain import Commands
from backend.domain.case import Actor
from backend.domain.granting import Profile
from backend.services.office import absence, accounts, keeping, programs
from backend.services.talks import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.settings import ChannelSettings, Settings
    from backend.store.accounts import TokenRow, User
    from bots.telegram import Telegram
    from institutions.model import Institution as ServedInstitution

commands = Commands()
user = Commands(help="People who use the desk.")
token = Commands(help="Programs that use the API.")
place = Commands(help="Places with a code that fills in where and what.")
commands.add_typer(user, name="user")
commands.add_typer(token, name="token")
commands.add_typer(place, name="place")

UserName = Annotated[str, typer.Argument(metavar="NAME", help="what they type to log in", show_default=False)]
TokenName = Annotated[str, typer.Argument(metavar="NAME", help="of the program", show_default=False)]
Institution = Annotated[str, typer.Option(metavar="ID", help="only this institution; absent: all")]
Departments = Annotated[
    list[str] | None,
    typer.Option("--department", metavar="ID", help="a handler sees its cases alone; may be given several times"),
]
Confidant = Annotated[bool, typer.Option("--confidant", help="opens sealed cases and names officers for them")]


@user.command("add")
def add_user(
    name: UserName,
    role: Annotated[
        list[str], typer.Option(metavar="ROLE", help=f"one of {', '.join(accounts.ROLES)}; may be given several times")
    ],
    institution: Institution = "",
    department: Departments = None,
    *,
    confidant: Confidant = False,
) -> None:
    """Add a desk user and print a one-time password."""
    told = _profile(role, institution, department, confidant=confidant)
    password = one_time_password()
    hashed = accounts.hash_password(password)
    with opened() as store:
        store.run_now(
            keeping.add, _institutions(institution), name, hashed, told, by=_operator(), at=surroundings.now()
        )
    typer.echo(password)


@user.command("reach")
def set_reach(
    name: UserName, institution: Institution = "", department: Departments = None, *, confidant: Confidant = False
) -> None:
    """Say anew whose cases a user sees, and end their sessions."""
    known = _institutions(institution)
    with opened() as store:
        user_ = store.read_now(keeping.one, name, by=_operator())
        told = _profile(user_.roles, institution, department, confidant=confidant)
        store.run_now(keeping.change, known, name, told, by=_operator(), at=surroundings.now())


@user.command("roles")
def set_roles(
    name: UserName,
    role: Annotated[
        list[str], typer.Option(metavar="ROLE", help=f"one of {', '.join(accounts.ROLES)}; may be given several times")
    ],
) -> None:
    """Say anew which roles a user has, and end their sessions."""
    with opened() as store:
        old = keeping.profile_of(store.read_now(keeping.one, name, by=_operator()))
        known = _institutions(old.institution or "")
        told = replace(old, roles=frozenset(map(_role, role)))
        store.run_now(keeping.change, known, name, told, by=_operator(), at=surroundings.now())


@user.command("away")
def away(
    name: UserName,
    until: Annotated[str, typer.Option(metavar="DATE", help="the last day, 2026-12-01, or an ISO time")],
    deputy: Annotated[str, typer.Option(metavar="NAME", help="who has their cases until then")] = "",
) -> None:
    """Say that an officer is away, and who stands in for them."""
    with opened() as store:
        store.run_now(
            absence.away, name, until=_until(until), deputy=deputy or None, by=_operator(), at=surroundings.now()
        )


@user.command("back")
def back(name: UserName) -> None:
    """Say that an officer is back."""
    with opened() as store:
        store.run_now(absence.back, name, by=_operator(), at=surroundings.now())


@user.command("password")
def reset_password(name: UserName) -> None:
    """Give a user a new one-time password, print it, and end their sessions."""
    password = one_time_password()
    hashed = accounts.hash_password(password)
    with opened() as store:
        store.run_now(keeping.reset_password, name, hashed, by=_operator(), at=surroundings.now())
    typer.echo(password)


@user.command("list")
def list_users() -> None:
    """List who can use the desk.

    Columns: name, roles, institution, departments, state.
    """
    now = surroundings.now()
    with opened() as store:
        for row in store.read_now(accounts.users):
            roles, offices = ",".join(sorted(row.roles)), ",".join(row.departments)
            _row(row.name, roles, row.institution or "every", offices or "every", _state(row, now))


@user.command("disable")
def disable_user(name: UserName) -> None:
    """Shut a user out at once."""
    with opened() as store:
        store.run_now(keeping.block, name, blocked=True, by=_operator(), at=surroundings.now())


@user.command("enable")
def enable_user(name: UserName) -> None:
    """Let a user in again who was shut out."""
    with opened() as store:
        store.run_now(keeping.block, name, blocked=False, by=_operator(), at=surroundings.now())


@token.command("add")
def add_token(
    name: TokenName,
    role: Annotated[str, typer.Option(metavar="ROLE", help=f"one of {', '.join(accounts.ROLES)}")] = "handler",
    institution: Institution = "",
    scope: Annotated[
        str, typer.Option(metavar="SCOPE", help="read, write or personal; each holds the one before")
    ] = "read",
    department: Departments = None,
    *,
    expires: Annotated[str, typer.Option(metavar="DATE", help="the last day, 2026-12-01; absent: never")] = "",
) -> None:
    """Let a program in and print its token, which is not kept here."""
    profile = _profile([role], institution, department)
    ends = _until(expires, option="--expires") if expires else None
    told = secrets.token_urlsafe(accounts.SECRET_BYTES)
    with opened() as store:
        store.run_now(
            programs.add,
            _institutions(institution),
            accounts.hash_secret(told),
            name,
            profile,
            scope=scope,
            by=_operator(),
            at=surroundings.now(),
            expires=ends,
        )
    typer.echo(told)


@token.command("list")
def list_tokens() -> None:
    """List the programs that were let in; their tokens are not kept.

    Columns: name, role, institution, scope, since when, state.
    """
    now = surroundings.now()
    with opened() as store:
        for row in store.read_now(accounts.tokens):
            _row(row.name, row.role, row.institution or "every", row.scope, _local(row.created_at), _in_use(row, now))


@token.command("revoke")
def revoke_token(name: TokenName) -> None:
    """Take a token back: its program is shut out at once."""
    with opened() as store:
        store.run_now(programs.revoke, name, by=_operator(), at=surroundings.now())


@place.command("add")
def add_place(
    name: Annotated[str, typer.Argument(metavar="NAME", help="as a person calls the place", show_default=False)],
    fill: Annotated[list[str], typer.Option(metavar="SLOT=TEXT", help="what the citizen need not type")],
) -> None:
    """Make a code and print it with its WeChat scene, Telegram link and web link."""
    settings = surroundings.settings()
    at = surroundings.now()
    filled = places.check(dict(_filled(each) for each in fill), surroundings.institution(""), at=at)
    code = secrets.token_urlsafe(places.CODE_BYTES)
    with opened() as store:
        store.run_now(places.add, name, filled, code=code, at=at)
    web = _of(settings, "web")
    links = places.links(code, url=settings.url, web=web.name if web else None, telegram=_bot(settings))
    typer.echo(f"code           {links.code}")
    typer.echo(f"WeChat scene   {links.wechat_scene}")
    typer.echo(f"Telegram link  {links.telegram_link or '-'}")
    typer.echo(f"web link       {links.web_link or '-'}")


def _of(settings: Settings, kind: str) -> ChannelSettings | None:
    """The channel of that kind that talks for the institution whose place it is, else the first one."""
    all_ = [channel for channel in settings.channel if channel.kind == kind]
    ours = (channel for channel in all_ if channel.institution in {"", settings.institution})
    return next(ours, all_[0] if all_ else None)


def _bot(settings: Settings) -> str | None:
    """The user name of a Telegram bot, which only Telegram knows; None: there is none, or it cannot be asked."""
    told = _of(settings, "telegram")
    if told is None:
        return None
    try:
        return platforms.ask_now(settings, told, _username)
    except Refused as refused:
        typer.echo(f"no Telegram link: {refused}", err=True)
        return None


async def _username(bot: Telegram) -> str:
    return await bot.username()


def _row(*words: str) -> None:
    typer.echo("\t".join(words))


def _state(user: User, now: datetime) -> str:
    state = "disabled" if user.disabled else "one-time password" if user.must_change else "active"
    if user.away_until and user.away_until > now:
        state += f", away until {_local(user.away_until)}, deputy {user.deputy or '-'}"
    return f"{state}, confidant" if user.confidant else state


def _operator() -> Actor:
    """Whoever has the shell of this machine."""
    return Actor(surroundings.operator(), frozenset({"admin"}), confidant=True)


def _until(told: str, *, option: str = "--until") -> datetime:
    """The end of that day by this machine's clock, or that time. Raises: WrongUse."""
    try:
        if len(told) > len("2026-12-01"):
            at = datetime.fromisoformat(told)
            return at if at.tzinfo else at.astimezone()
        return (datetime.fromisoformat(told) + timedelta(days=1)).astimezone()
    except ValueError as error:
        raise WrongUse(f"{option} {told!r} is no date", f"write {option} 2026-12-01") from error


def _profile(
    roles: Iterable[str], institution: str, department: list[str] | None, *, confidant: bool = False
) -> Profile:
    """Raises: WrongUse, UnknownRole."""
    offices = tuple(sorted(_departments(institution, department)))
    return Profile(frozenset(map(_role, roles)), institution or None, offices, confidant)


def _role(told: str) -> str:
    """Raises: UnknownRole."""
    if told not in accounts.ROLES:
        raise accounts.UnknownRole(told)
    return told


def _institutions(key: str) -> dict[str, ServedInstitution]:
    """That one alone: to read them all takes long. Raises: WrongUse."""
    return {key: surroundings.institution(key)} if key else {}


def _departments(institution: str, told: list[str] | None) -> list[str]:
    """Their ids. Raises: WrongUse."""
    _check_institution(institution)
    if not told:
        return []
    if not institution:
        raise WrongUse("--department needs an institution", "write --institution ID too")
    known = [each.id for each in surroundings.institution(institution).departments]
    for key in told:
        if key not in known:
            raise WrongUse(f"{institution} has no department {key!r}", f"choose one of: {', '.join(known)}")
    return told


def _in_use(row: TokenRow, now: datetime) -> str:
    if row.revoked_at:
        return f"revoked {_local(row.revoked_at)}"
    if not row.opens(now):
        return f"expired {_local(row.expires_at)}" if row.expires_at else "expired"
    state = f"active until {_local(row.expires_at)}" if row.expires_at else "active"
    return f"{state}, for {','.join(row.departments)}" if row.departments else state


def _local(at: datetime) -> str:
    return at.astimezone().isoformat(timespec="seconds")


def _filled(told: str) -> tuple[str, str]:
    slot, equals, text = told.partition("=")
    if not equals or not slot:
        raise WrongUse(f"--fill {told!r} says no slot", "write --fill where=幸福里3栋")
    return slot, text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _check_institution(key: str) -> None:
    if key:
        surroundings.institution(key)
