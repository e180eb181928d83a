"""``jiesu serve``, ``work`` and ``migrate``: what runs for long, and what must be done before."""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from backend import main
from backend.channels import hook
from backend.cli import logs, surroundings
from backend.cli.database import opened
from backend.cli.errors import WrongUse
from backend.cli.passwords import one_time_password
from backend.cli.plain import Commands
from backend.cli.processes import beside, end_with_the_first
from backend.services.office import accounts
from backend.store import schema

if TYPE_CHECKING:
    import socket

    from backend.settings import Settings
    from backend.store.engine import Store

commands = Commands()

MOST_PROCESSES = 64


@commands.command()
def serve(
    *,
    no_jobs: Annotated[bool, typer.Option("--no-jobs", help="leave the background jobs to `jiesu work`")] = False,
    port: Annotated[str, typer.Option(metavar="PORT", help="another port than the one in the settings")] = "",
    set_up: Annotated[
        bool, typer.Option("--set-up", help="first migrate the database, and make the first desk user")
    ] = False,
    processes: Annotated[
        int, typer.Option(metavar="N", help="that many processes share the port, as many as processors")
    ] = 1,
    one_more: Annotated[bool, typer.Option("--one-more", hidden=True, help="one more of such processes")] = False,
) -> None:
    """Serve chat, desk and API, and run the jobs."""
    if not 1 <= processes <= MOST_PROCESSES:
        raise WrongUse(f"{processes} processes cannot serve", f"say a number from 1 to {MOST_PROCESSES}")
    _log_for_long()
    settings = surroundings.settings()
    if port:
        settings = settings.listening(port)
    listening = main.listen(settings, shared=one_more) if processes == 1 else _shared(settings)
    if set_up:
        schema.upgrade(settings.database_url)
    site = main.compose(settings, several=one_more or processes > 1)
    try:
        if set_up:
            _make_first_user(site.store)
        if one_more:
            end_with_the_first()
        told = ["--one-more", "--no-jobs", *(["--port", port] if port else [])]
        with beside(told, processes - 1):
            ready = (lambda: None) if one_more else partial(_tell_addresses, settings)
            main.run(main.serve(site, listening, jobs=not no_jobs, attend=not one_more, ready=ready))
    finally:
        site.store.close()


def _shared(settings: Settings) -> socket.socket:
    """The port for several processes; first it is asked for alone, so that somebody else's is told. Raises: CannotListen."""
    main.listen(settings).close()
    return main.listen(settings, shared=True)


@commands.command()
def work() -> None:
    """Run the background jobs alone."""
    _log_for_long()
    site = main.compose(surroundings.settings())
    try:
        main.run(main.work(site, ready=lambda: _say("working; Ctrl-C ends it")))
    finally:
        site.store.close()


@commands.command()
def migrate() -> None:
    """Bring the database to this version."""
    url = surroundings.settings().database_url
    schema.upgrade(url)
    with opened() as store:
        _say(f"the database has schema {store.version()}")


def _make_first_user(store: Store) -> None:
    if store.read_now(lambda work: work.accounts.any_user()):
        return
    password = one_time_password()
    if store.run_now(accounts.add_first_user, accounts.hash_password(password), at=surroundings.now()):
        _say(f"desk user     {accounts.FIRST}, one-time password {password}")


def _tell_addresses(settings: Settings) -> None:
    for channel in settings.channel:
        if channel.kind == "web":
            _say(f"citizen chat  {settings.url}/chat/{channel.name}")
        elif channel.kind == "telegram" and channel.mode == "polling":
            _say(f"asking        {channel.api_base} for {channel.name}")
        else:
            _say(f"hook          {hook(settings.url, channel.name)}")
    _say(f"desk          {settings.url}/desk")
    _say(f"API docs      {settings.url}/api/docs")


def _say(line: str) -> None:
    """At once, for whoever started us waits for it."""
    typer.echo(line)
    sys.stdout.flush()


def _log_for_long() -> None:
    """Lines for who watches, JSON for a machine."""
    logs.set_up(json=not logs.Told(sys.stderr).isatty(), level=logging.INFO)
