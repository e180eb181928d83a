"""Fill an example city, stand in for both platforms, serve Jiesu and the page with the phones; until Ctrl-C.

Everything is in one process and on one clock, which the page can move: two
days pass for the platforms and for Jiesu alike.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from backend import main
from backend.cli import logs
from backend.cli.errors import sentence
from backend.settings import Settings
from scripts.demo_channels import city
from scripts.demo_channels.page import Page, Shown
from tests.fakes.clock import VirtualClock
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWechat

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

CASES = 60
"""How many the city has; some seconds' work."""
PORT, LAST_PORT = 8080, 65535
OTHERWISE = "`make demo-channels PORT=9000`"
INTERRUPTED = 130


def told(words: Sequence[str]) -> argparse.Namespace:
    """The words of the command line."""
    parser = argparse.ArgumentParser(prog="make demo-channels", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="of the page; Jiesu takes the next one")
    parser.add_argument("--cases", type=int, default=CASES, help="how many cases the city has; 0: none")
    parser.add_argument("--folder", type=Path, help="where it lives; else in a folder that is thrown away")
    given = parser.parse_args(words)
    if not 0 < given.port < LAST_PORT:
        parser.error(f"--port must be a number from 1 to {LAST_PORT - 1}, not {given.port}")
    return given


def run(words: Sequence[str]) -> int:
    """Do it; the exit code."""
    logs.set_up(json=not sys.stderr.isatty(), level=logging.ERROR)
    given = told(words)
    try:
        if given.folder is not None:
            given.folder.mkdir(parents=True, exist_ok=True)
            demonstrate(given.folder.resolve(), given.port, given.cases)
        else:
            with TemporaryDirectory(prefix="jiesu-demo-") as place:
                demonstrate(Path(place), given.port, given.cases)
    except KeyboardInterrupt:
        return INTERRUPTED
    except city.NotFilled as error:
        return _complain(str(error), 1)
    except (main.CannotListen, OSError) as error:
        return _complain(*sentence(error))
    return 0


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"jiesu: {words}\n")
    return code


def demonstrate(folder: Path, port: int, cases: int) -> None:
    """Take both ports first: who cannot have them need not wait."""
    pages, ours = (main.listen(_at(number), otherwise=OTHERWISE) for number in (port, port + 1))
    with pages, ours:
        city.fill(folder, cases)
        asyncio.run(live(folder, pages, ours))


async def live(folder: Path, pages: socket.socket, ours: socket.socket) -> None:
    """The platforms, Jiesu and the page, until somebody tells us to stop."""
    clock = VirtualClock(time.time(), rate=1)
    async with FakeWechat(clock) as wechat, FakeTelegram(clock) as telegram:
        settings = city.settings(folder, ours.getsockname()[1], wechat, telegram)
        site = main.compose(settings, clock=clock.utc)
        try:
            shown = Shown(settings.url, city.let_in(site), city.hang_out(site))
            async with Page(clock, wechat, telegram, shown) as page:
                await page.listen(pages)
                making = asyncio.create_task(city.make_codes(site, shown.places))
                await main.serve(site, ours, ready=lambda: _tell(pages, shown))
                await making
        finally:
            site.store.close()


def _at(port: int) -> Settings:
    """For a socket only."""
    return Settings(listen=f"127.0.0.1:{port}")


def _tell(pages: socket.socket, shown: Shown) -> None:
    print(f"two phones    http://127.0.0.1:{pages.getsockname()[1]}")
    print(f"desk          {shown.url}/desk")
    for name, password in shown.passwords.items():
        print(f"desk user     {name}, password {password}")
    print(f"citizen chat  {shown.url}/chat/web", flush=True)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
