"""A mail server and a group chat's webhook that listen on this machine and remember what came: for tests of real sending."""

from __future__ import annotations

import email
import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Heard:
    """What came. ``no``: how often it is still refused, with that answer."""

    port: int = 0
    got: list[Any] = field(default_factory=list)
    no: int = 0
    answer: str = "451 later"
    mails: list[EmailMessage] = field(default_factory=list)  # whole, as a mail reader would open them
    to: list[str] = field(default_factory=list)  # whom the envelopes named


@contextmanager
def smtp() -> Iterator[Heard]:
    """A mail server that takes everything; ``got``: (subject, text)."""
    heard = Heard()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline().strip().upper():
                if line == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    heard.mails.append(_mail(b"".join(iter(self.rfile.readline, b".\r\n"))))
                    heard.got.append(_told(heard.mails[-1]))
                if line.startswith(b"RCPT"):
                    heard.to.append(line.partition(b"<")[2].rstrip(b">").decode().lower())
                if heard.no and line.startswith(b"MAIL"):
                    heard.no -= 1
                    self.wfile.write(f"{heard.answer}\r\n".encode())
                    continue
                self.wfile.write(b"221 bye\r\n" if line == b"QUIT" else b"250 ok\r\n")
                if line == b"QUIT":
                    return

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk), heard):
        yield heard


@contextmanager
def webhook() -> Iterator[Heard]:
    """A group chat's webhook: yes and no are both a 200, as the real ones do it; ``got``: (path, text)."""
    heard = Heard()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.no -= (no := heard.no > 0)
            text = body["content"]["text"] if "content" in body else body["text"]["content"]
            if not no:
                heard.got.append((self.path, text))
            answer = json.dumps({"errcode": 45009 if no else 0, "errmsg": "told"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_told: Any) -> None:
            """Nothing."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Talk), heard):
        yield heard


@contextmanager
def _served(server: socketserver.TCPServer, heard: Heard) -> Iterator[None]:
    heard.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _mail(told: bytes) -> EmailMessage:
    found = email.message_from_bytes(told.replace(b"\r\n..", b"\r\n."), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def _told(message: EmailMessage) -> tuple[str, str]:
    part = message.get_body(("plain", "html"))
    return str(message["subject"]), str(part.get_content()) if part else ""
