"""The whole program: put together from settings, reachable, and ended in order."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from backend import main
from backend.settings import BadSettings, Settings, WebSettings
from backend.store.engine import StoreUnavailable
from bots import Way
from dialogs.messages import Receipt


@pytest.fixture
def settings(tmp_path, sqlite_url):
    evidence = str(tmp_path / "evidence")
    return Settings(database=sqlite_url, evidence=evidence, folder=tmp_path, listen="127.0.0.1:0")


@pytest.fixture
def site(settings):
    site = main.compose(settings)
    yield site
    site.store.close()


def test_every_channel_has_its_institution_and_the_terminal_is_always_there(settings):
    estate = WebSettings(name="estate", institution="property")
    settings = settings.model_copy(update={"channel": (*settings.channel, estate)})

    site = main.compose(settings)
    site.store.close()

    assert site.homes == {"web": "hotline", "estate": "property", "terminal": "hotline"}
    assert {name: channel.name for name, channel in site.channels.items()} == {name: name for name in site.homes}
    assert site.institution_of("estate").id == "property"


def test_an_institution_that_does_not_exist_is_named_with_its_key(settings):
    wrong = WebSettings(name="estate", institution="nope")

    with pytest.raises(BadSettings, match=r"channel\.0\.institution: there is no institution 'nope'"):
        main.compose(settings.model_copy(update={"channel": (wrong,)}))


def test_a_database_without_schema_is_refused(settings, tmp_path):
    empty = settings.model_copy(update={"database": f"sqlite:///{tmp_path}/empty.db"})

    with pytest.raises(StoreUnavailable, match="run jiesu migrate"):
        main.compose(empty)


def test_a_taken_port_is_named_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(main.CannotListen, match=f"port {port} is taken; choose another with `make run PORT=9000`"):
            main.listen(Settings(listen=f"127.0.0.1:{port}"))


@pytest.mark.parametrize("listen", ["192.0.2.1:9000", "no.such.host.invalid:9000"])
def test_an_address_of_another_machine_is_refused(listen):
    with pytest.raises(main.CannotListen, match="is no address of this machine"):
        main.listen(Settings(listen=listen))


def get(url):
    with urlopen(url) as answer:  # noqa: S310 - our own server
        return answer.status


@pytest.mark.parametrize("jobs", [True, False])
async def test_it_answers_until_it_is_told_to_end(site, jobs):
    listening = main.listen(site.settings)
    address = "http://{}:{}".format(*listening.getsockname())
    ready = asyncio.Event()
    serving = asyncio.create_task(main.serve(site, listening, jobs=jobs, ready=ready.set))
    await ready.wait()

    assert await asyncio.to_thread(get, f"{address}/health/ready") == 200
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 10)

    with pytest.raises(OSError, match="refused"):
        await asyncio.to_thread(get, f"{address}/health/live")


async def test_the_jobs_alone_end_when_they_are_told_to(site):
    ready = asyncio.Event()
    working = asyncio.create_task(main.work(site, ready=ready.set))
    await ready.wait()

    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.wait_for(working, 10)

    assert working.done()


class Slow:
    """A channel whose messages take a while to go out."""

    name = "web"
    window = None
    ways = (Way("slow"),)

    def __init__(self):
        self.began, self.goes_on = asyncio.Event(), asyncio.Event()

    async def send(self, message):
        self.began.set()
        await self.goes_on.wait()
        return Receipt(way="slow")


def owe(work, at):
    li = work.people.find_or_add("web", "li", language="zh", at=at)
    work.outbox.queue(li.id, number=None, kind="message", text="您的投诉有答复了。", at=at)


async def test_a_notice_that_is_being_sent_when_we_are_told_to_end_is_recorded_too(site):
    slow = Slow()
    site = replace(site, channels={"web": slow})
    await site.store.run(owe, site.clock())
    working = asyncio.create_task(main.work(site))
    await slow.began.wait()

    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.1)
    slow.goes_on.set()
    await asyncio.wait_for(working, 10)

    assert await site.store.read(lambda work: work.outbox.not_arrived(limit=9)) == []


async def test_a_round_that_hangs_does_not_keep_us_from_ending(site, monkeypatch):
    monkeypatch.setattr(main, "FINISH_SECONDS", 0.1)
    slow = Slow()
    site = replace(site, channels={"web": slow})
    await site.store.run(owe, site.clock())
    working = asyncio.create_task(main.work(site))
    await slow.began.wait()

    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(working, 5)

    [row] = await site.store.read(lambda work: work.outbox.not_arrived(limit=9))
    assert row.state == "sending"


def test_no_two_processes_lease_under_the_same_name():
    assert main.owner() != main.owner()


@pytest.fixture
def started(tmp_path):
    """Start ``jiesu serve --set-up`` as make run does; what it printed up to the last address."""
    program = "import sys; from backend.cli import call; sys.exit(call(sys.argv[1:]))"
    running: list[subprocess.Popen[str]] = []

    def start():
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        words = [sys.executable, "-c", program, "serve", "--set-up", "--port", str(port)]
        environment = {**os.environ, "PYTHONPATH": str(Path(main.__file__).parent.parent), "HOME": str(tmp_path)}
        process = subprocess.Popen(words, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE)
        running.append(process)
        told = []
        assert process.stdout is not None
        for line in process.stdout:
            told.append(line)
            if "/api/docs" in line:
                break
        return process, "".join(told)

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_the_first_start_makes_the_database_and_the_first_user_once(started):
    process, told = started()
    process.terminate()
    assert process.wait(10) == 0

    password = re.search(r"desk user     admin, one-time password ([a-z2-9-]{19})\n", told)
    assert password
    assert all(page in told for page in ("/chat/web", "/desk", "/api/docs"))

    again, told = started()
    again.terminate()
    assert again.wait(10) == 0
    assert "password" not in told
