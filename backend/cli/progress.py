"""A line on the terminal that tells how far a long command is; nothing where nobody looks."""

from __future__ import annotations

import sys

WIDTH = 30


class Progress:
    """Call it with what is being done and the share that is behind us; ``close`` when all is."""

    def __init__(self) -> None:
        self._seen = sys.stderr is not None and sys.stderr.isatty()
        self._shown = ""

    def __call__(self, doing: str, share: float) -> None:
        """Show it if it changed. Raises nothing: a closed terminal is not worth an error."""
        full = round(WIDTH * share)
        line = f"{'█' * full}{'░' * (WIDTH - full)} {share:4.0%} {doing}"
        if self._seen and line != self._shown:
            self._write(f"\r\x1b[K{line}")
            self._shown = line

    def close(self) -> None:
        """Clear the line."""
        if self._seen and self._shown:
            self._write("\r\x1b[K")
            self._shown = ""

    def _write(self, words: str) -> None:
        try:
            sys.stderr.write(words)
            sys.stderr.flush()
        except OSError:
            self._seen = False
