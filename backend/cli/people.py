"""``jiesu user``, ``token`` and ``place``: who may use the desk and the API, and the codes on walls."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from backend.cli import STYLE, surroundings
from backend.cli.database import opened
from backend.cli.errors import WrongUse
from backend.cli.passwords import one_time_password
from backend.services import accounts, places

commands = typer.Typer(**STYLE)
user = typer.Typer(help="People who use the desk.", **STYLE)
token = typer.Typer(help="Programs that use the API.", **STYLE)
place = typer.Typer(help="Places with a code that fills in where and what.", **STYLE)
commands.add_typer(user, name="user")
commands.add_typer(token, name="token")
commands.add_typer(place, name="place")

Institution = Annotated[str, typer.Option(metavar="ID", help="only this institution; absent: all")]


@user.command("add")
def add_user(
    name: str,
    role: Annotated[list[str], typer.Option(help=f"one or more of {', '.join(accounts.ROLES)}")],
    institution: Institution = "",
) -> None:
    """Add a desk user and print a one-time password."""
    _check_institution(institution)
    password = one_time_password()
    hashed = accounts.hash_password(password)
    with opened() as store:
        own = institution or None
        store.run_now(accounts.add_user, name, hashed, role, institution=own, at=surroundings.now())
    typer.echo(password)


@user.command("password")
def reset_password(name: str) -> None:
    """Give a user a new one-time password, print it, and end their sessions."""
    password = one_time_password()
    hashed = accounts.hash_password(password)
    with opened() as store:
        store.run_now(accounts.set_password, name, hashed)
    typer.echo(password)


@token.command("add")
def add_token(
    name: str,
    role: Annotated[str, typer.Option(help=f"one of {', '.join(accounts.ROLES)}")] = "handler",
    institution: Institution = "",
    scope: Annotated[str, typer.Option(help="read, write or personal; each holds the one before")] = "read",
) -> None:
    """Let a program in and print its token, which is not kept here."""
    _check_institution(institution)
    told = secrets.token_urlsafe(accounts.SECRET_BYTES)
    with opened() as store:
        store.run_now(
            accounts.add_token,
            accounts.hash_secret(told),
            name,
            role=role,
            institution=institution or None,
            scope=scope,
            at=surroundings.now(),
        )
    typer.echo(told)


@place.command("add")
def add_place(
    name: str,
    fill: Annotated[list[str], typer.Option(metavar="SLOT=TEXT", help="what the citizen need not type")],
) -> None:
    """Make a code and print it with its WeChat scene, Telegram link and web link."""
    settings = surroundings.settings()
    at = surroundings.now()
    filled = places.check(dict(_filled(each) for each in fill), surroundings.institution(""), at=at)
    code = secrets.token_urlsafe(places.CODE_BYTES)
    with opened() as store:
        store.run_now(places.add, name, filled, code=code, at=at)
    web = settings.channel[0].name if settings.channel else None
    links = places.links(code, url=settings.url, web=web, telegram=None)
    typer.echo(f"code           {links.code}")
    typer.echo(f"WeChat scene   {links.wechat_scene}")
    typer.echo(f"Telegram link  {links.telegram_link or '-'}")
    typer.echo(f"web link       {links.web_link or '-'}")


def _filled(told: str) -> tuple[str, str]:
    slot, equals, text = told.partition("=")
    if not equals or not slot:
        raise WrongUse(f"--fill {told!r} says no slot", "write --fill where=幸福里3栋")
    return slot, text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _check_institution(key: str) -> None:
    if key:
        surroundings.institution(key)
