"""Templates are compiled once a process, however many applications it builds: an example city, a round of tests.

Only the code is shared; each application has its own environment with its own
words and addresses. A template whose file was changed is compiled anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What was compiled, by the template's name and place, with the sum of the text it was made from."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of the same text; of another text, or none, nothing."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has just been compiled."""
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = Compiled()
"""Of this process. Every environment of ours compiles with the same settings."""
