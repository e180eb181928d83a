"""``make demo``: a town of its own making is filled with ninety days of cases, then served like ``make run``.

Its database and evidence folder are its own, made anew each time unless ``--keep`` is given.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from backend import main
from backend.cli import logs
from backend.cli.errors import WRONG_USE, sentence
from backend.cli.passwords import one_time_password
from backend.cli.plain import Commands
from backend.demo import filling, town
from backend.services.office import accounts
from backend.settings import Settings, WebSettings
from backend.store import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.site import Site
    from backend.store.engine import Store

DATABASE, EVIDENCE = "var/demo.db", "var/demo-evidence"
CHANNELS = {"hotline": "web", "property": "owners"}
"""Whose citizens chat where."""
USERS = {"admin": accounts.ROLES, "handler": ("handler",)}
SEED = 20261121
INTERRUPTED = 130
"""What a shell answers for a program ended by Ctrl-C."""


def demo(
    *,
    port: Annotated[str, typer.Option(metavar="PORT", help="another port than 8080")] = "",
    cases: Annotated[int, typer.Option(min=1, max=5000, help="how many cases the town has")] = filling.FULL,
    keep: Annotated[bool, typer.Option("--keep", help="serve the town that is there already, if one is")] = False,
    fill_only: Annotated[bool, typer.Option("--fill-only", help="do not serve it")] = False,
) -> None:
    """Fill an example town and serve it."""
    logs.set_up(json=not sys.stderr.isatty(), level=logging.WARNING)
    settings = _settings(port)
    listening = None if fill_only else main.listen(settings, otherwise="`make demo PORT=9000`")
    filled = keep and (settings.folder / DATABASE).exists()
    if not filled:
        _clear(settings)
    schema.upgrade(settings.database_url)
    site = main.compose(settings)
    try:
        if not filled:
            _make(site, cases)
        passwords = {name: _let_in(site.store, name) for name in USERS}
        if listening is not None:
            main.run(main.serve(site, listening, ready=lambda: _tell(settings, passwords)))
    finally:
        site.store.close()


def _settings(port: str) -> Settings:
    """The demo's own, whatever jiesu.toml says."""
    channels = tuple(WebSettings(name=name, institution=home) for home, name in CHANNELS.items())
    settings = Settings(database=f"sqlite:///{DATABASE}", evidence=EVIDENCE, channel=channels, folder=Path.cwd())
    return settings.listening(port) if port else settings


def _clear(settings: Settings) -> None:
    """Remove the last town."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (settings.folder / name).unlink(missing_ok=True)
    shutil.rmtree(settings.folder / EVIDENCE, ignore_errors=True)


def _make(site: Site, cases: int) -> None:
    """Fill it whole, or leave nothing that ``--keep`` would take for a town."""
    try:
        asyncio.run(_fill(site, cases))
    except BaseException:
        site.store.close()
        _clear(site.settings)
        raise


async def _fill(site: Site, cases: int) -> None:
    sys.stderr.write(f"filling the example city into {DATABASE} ({_duration(cases)}) …\n")
    sys.stderr.flush()
    main.warm(site)
    watched = sys.stderr.isatty()

    def tell_of(filed: int) -> None:
        if watched:
            sys.stderr.write(f"\r{filed} of {cases} cases")

    await filling.fill(site, town.load(), channels=CHANNELS, now=main.now(), cases=cases, seed=SEED, tell_of=tell_of)
    if watched:
        sys.stderr.write("\n")


def _duration(cases: int) -> str:
    return "about half a minute" if cases >= filling.FULL / 2 else "some seconds"


def _let_in(store: Store, name: str) -> str:
    """Make the desk user, or give an old one a new password; the password, which is good until the next start."""
    password = one_time_password()
    hashed = accounts.hash_password(password)
    if store.read_now(lambda work: work.accounts.user(name)) is None:
        store.run_now(accounts.add_user, name, hashed, USERS[name], at=main.now())
    else:
        store.run_now(accounts.set_password, name, hashed)
    return password


def _tell(settings: Settings, passwords: dict[str, str]) -> None:
    for name, password in passwords.items():
        typer.echo(f"desk user     {name}, password {password}")
    for channel in settings.channel:
        typer.echo(f"citizen chat  {settings.url}/chat/{channel.name}  ({channel.institution})")
    typer.echo(f"desk          {settings.url}/desk")
    typer.echo(f"public page   {settings.url}/public")
    typer.echo(f"API docs      {settings.url}/api/docs")
    sys.stdout.flush()


def run(words: Sequence[str]) -> int:
    """Do what the words say; the exit code. Every error ends here, as a sentence."""
    program = Commands()
    program.command()(demo)
    try:
        program(args=list(words), prog_name="python -m backend.demo", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except TyperException as error:
        return _complain(f"{error.format_message()} See python -m backend.demo --help", WRONG_USE)
    except Exception as error:
        if os.environ.get("JIESU_DEBUG"):
            raise
        return _complain(*sentence(error))
    return 0


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"jiesu: {words}\n")
    return code


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
