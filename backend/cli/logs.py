"""Where logs go: standard error, as JSON for machines or as lines for people. Never local variables, which hold
citizens' words; no tokens, openids and phone numbers (scrubbing.py).
"""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO, cast

import structlog

from backend.cli.scrubbing import scrubbed

if TYPE_CHECKING:
    from structlog.typing import Processor


class Told(io.TextIOBase):
    """Standard error, which may be closed, full or without reader: what cannot be written there is lost.

    A request is answered all the same.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or do not."""
        if self._stream is not None:
            with suppress(OSError, ValueError):  # ValueError: it was closed
                self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Send it on, or do not."""
        if self._stream is not None:
            with suppress(OSError, ValueError):
                self._stream.flush()

    def isatty(self) -> bool:
        """Whether a person reads it."""
        with suppress(OSError, ValueError):
            return self._stream is not None and self._stream.isatty()
        return False


def set_up(*, json: bool, level: int = logging.INFO) -> None:
    """Send our own log and that of the libraries (warnings and worse) the same way."""
    stream = cast("TextIO", Told(sys.stderr))
    colours = stream.isatty()
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False), scrubbed]
        if json
        else [
            structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback),
            scrubbed,
        ]
    )
    structlog.configure(
        processors=[*before, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.WriteLogger(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[remove, *last], foreign_pre_chain=before))
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING))
