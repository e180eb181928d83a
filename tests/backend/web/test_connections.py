"""What happens below the requests: silence, half a request, and what is no HTTP at all. Over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import resource
import socket
import time
from contextlib import asynccontextmanager
from functools import cache

import pytest
import structlog
from aiohttp import web

from backend.web import connections, patience
from backend.web.errors import middleware
from backend.web.health import DATABASE, Database
from backend.web.limits import TooMany
from backend.web.live import Live

SOON = 0.12  # seconds


async def echo(request):
    return web.Response(body=await request.read())


@asynccontextmanager
async def served(app, **how):
    """A server; connects to it."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    listening = socket.create_server(("127.0.0.1", 0))
    server = await connections.listen(runner, listening, **how)
    try:
        yield lambda: asyncio.open_connection(*listening.getsockname())
    finally:
        server.close()
        await runner.cleanup()


@pytest.fixture
async def connect():
    """To an application that repeats what it is sent, and has little patience."""
    app = web.Application(middlewares=[middleware, connections.as_sent, patience.middleware(seconds=SOON)])
    app[DATABASE] = Database()
    app.router.add_post("/", echo)
    async with served(app, header_seconds=SOON) as connecting:
        yield connecting


async def said(connect, *pieces):
    """Everything that is answered until the other side hangs up; a number is a pause in seconds."""
    reader, writer = await connect()
    for piece in pieces:
        if isinstance(piece, float):
            await asyncio.sleep(piece)
        else:
            writer.write(piece)
    answer = (await asyncio.wait_for(reader.read(), 5)).decode()
    writer.close()
    return answer


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"


@pytest.mark.parametrize("begun", [b"", b"POST / HT", HEAD], ids=["silence", "half a line", "half a header"])
async def test_who_sends_no_whole_header_is_hung_up_on(connect, begun):
    assert await said(connect, begun) == ""


async def test_who_stops_in_the_middle_of_a_body_is_told_and_hung_up_on(connect):
    with structlog.testing.capture_logs() as logs:
        answer = await said(connect, HEAD + b"\r\nab")

    assert answer.startswith("HTTP/1.1 408 ")
    assert "请检查网络后重新发送" in answer
    assert logs == []


async def test_a_body_that_comes_slowly_but_comes_is_taken(connect):
    pause = SOON / 2
    answer = await said(
        connect, HEAD + b"Connection: close\r\n\r\n", pause, b"a", pause, b"b", pause, b"c", pause, b"d"
    )

    assert answer.startswith("HTTP/1.1 200 ")
    assert answer.endswith("abcd")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nCookie: jiesu_desk=secret\x00word\r\n\r\n",
        b"GET /?token=secretword HTTP/9.9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nX-Y: " + b"secretword" * 2000 + b"\r\n\r\n",
    ],
    ids=["TLS", "NUL in a cookie", "no such version", "too long"],
)
async def test_what_is_no_http_is_told_so_and_leaves_one_line_without_its_words(connect, caplog, sent):
    with structlog.testing.capture_logs() as logs:
        answer = await said(connect, sent)

    assert " 400 " in answer[:13]
    assert "看不懂" in answer
    assert "aiohttp" not in answer
    assert "Python" not in answer
    assert [entry["log_level"] for entry in logs] == ["warning"]
    assert "secret" not in str(logs) + caplog.text + answer
    assert caplog.records == []


@cache
def packed() -> bytes:
    """What becomes 300 MB."""
    return gzip.compress(bytes(300 << 20), 9)


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd", "none of these"])
async def test_a_packed_body_is_refused_and_never_unpacked(connect, packing):
    bomb = packed()
    head = f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: {packing}\r\nContent-Length: {len(bomb)}\r\n\r\n"
    began = time.process_time()

    answer = await said(connect, head.encode() + bomb)

    assert " 400 " in answer[:13]
    assert "看不懂" in answer
    assert time.process_time() - began < 0.2  # unpacking takes three times that


async def test_a_broken_chunk_is_told_so_and_leaves_no_more_than_a_line(connect, caplog):
    with structlog.testing.capture_logs() as logs:
        answer = await said(connect, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nsecretword\r\n")

    assert " 400 " in answer[:13]
    assert "secret" not in str(logs) + caplog.text + answer
    assert caplog.records == []


def test_a_process_may_open_as_many_files_as_it_ever_may():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(512, hard), hard))
    try:
        assert connections.most_open() == min(512, hard)
        assert connections.raise_limit() >= soft
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_no_more_pages_listen_than_there_may_be_connections(site):
    live = Live(site.store, most=2)
    live.add(1, 0)
    live.add(2, 0)

    with pytest.raises(TooMany):
        live.add(3, 0)
