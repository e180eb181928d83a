"""How logs look in tests: as the program's own, whose traces tell no local variables. To draw those takes seconds."""

from __future__ import annotations

import structlog


def plain_logs() -> None:
    """Log lines for people, on standard output."""
    structlog.reset_defaults()
    before = structlog.get_config()["processors"][:-1]
    last = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*before, last])
