"""As much of HTTP as a load generator needs, and no more: it must cost little beside what it measures.

``Callers`` posts over connections that it keeps; ``Platform`` answers the calls
of a contestant. Bodies have a length or come in chunks.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Heard = Callable[[int, bytes], None]  # status and body of an answer; status 0: there was none

MOST_CONNECTIONS = 256


class Messages(asyncio.Protocol):
    """A connection that hears whole messages, one after the other."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport) -> None:
        """It begins."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Some bytes came."""
        self.buffer += data
        while (message := self._message()) is not None:
            self.heard(*message)

    def heard(self, head: bytes, body: bytes) -> None:
        """A whole message came."""

    def _message(self) -> tuple[bytes, bytes] | None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.buffer[:end])
        small = head.lower()
        at = small.find(b"content-length:")
        if at >= 0:
            length = int(small[at + 15 :].split(b"\r\n", 1)[0])
            stop = end + 4 + length
            if len(self.buffer) < stop:
                return None
            body = bytes(self.buffer[end + 4 : stop])
        elif b"transfer-encoding: chunked" in small:
            stop = self.buffer.find(b"0\r\n\r\n", end + 4) + 5
            if stop < 5:
                return None
            body = bytes(self.buffer[end + 4 : stop])  # with the lengths of its chunks: good enough to find an id
        else:
            stop, body = end + 4, b""
        del self.buffer[:stop]
        return head, body


class Caller(Messages):
    """One connection to a contestant; one call at a time."""

    def __init__(self, pool: Callers) -> None:
        super().__init__()
        self.pool = pool
        self.then: Heard | None = None

    def connection_made(self, transport) -> None:
        """It can take calls."""
        super().connection_made(transport)
        self.pool.free(self)

    def call(self, request: bytes, then: Heard) -> None:
        """Send a request; *then* hears the answer."""
        self.then = then
        self.transport.write(request)

    def heard(self, head: bytes, body: bytes) -> None:
        """The answer came."""
        then, self.then = self.then, None
        if b"connection: close" in head.lower():
            self.transport.close()
        else:
            self.pool.free(self)
        then(int(head[9:12]), body)

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended."""
        self.pool.lost(self)
        if self.then is not None:
            self.then(0, b"")


class Callers:
    """Connections to one contestant, and the calls that wait for one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: list[Caller] = []
        self.waiting: deque[tuple[bytes, Heard]] = deque()
        self.connections = 0
        self.tasks: set[asyncio.Task] = set()

    def post(self, request: bytes, then: Heard) -> None:
        """Send a request as soon as a connection is free."""
        if self.idle:
            self.idle.pop().call(request, then)
            return
        self.waiting.append((request, then))
        if self.connections < MOST_CONNECTIONS:
            self._connect()

    def free(self, caller: Caller) -> None:
        """It can take the next call."""
        if self.waiting:
            caller.call(*self.waiting.popleft())
        else:
            self.idle.append(caller)

    def lost(self, caller: Caller) -> None:
        """It is gone."""
        self.connections -= 1
        if caller in self.idle:
            self.idle.remove(caller)
        if self.waiting:
            self._connect()

    def _connect(self) -> None:
        self.connections += 1
        task = asyncio.get_running_loop().create_task(self._connected())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _connected(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: Caller(self), "127.0.0.1", self.port)
        except OSError:  # it takes no more of them, or is gone
            self.connections -= 1
            if self.waiting:
                self.waiting.popleft()[1](0, b"")


class Platform(Messages):
    """One connection of a contestant to the platform. ``answer``: path and body of a call -> body of the answer."""

    def __init__(self, answer: Callable[[str, bytes], bytes]) -> None:
        super().__init__()
        self.answer = answer

    def heard(self, head: bytes, body: bytes) -> None:
        """A call came."""
        said = self.answer(head.split(b" ", 2)[1].decode("latin-1"), body)
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(said), said)
        )
