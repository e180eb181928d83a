"""Things that many keep at the same moment, kept together: while one unit is committed, the next ones gather."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork

T = TypeVar("T")

TOGETHER = 400
"""Things that one unit keeps."""


@dataclass(slots=True)
class Gathering(Generic[T]):
    """``keep``: all of them in one unit. Where that fails, each is kept in its own: an odd one takes no other with it."""

    store: Store
    keep: Callable[[UnitOfWork, Sequence[T]], None]
    _waiting: list[tuple[T, asyncio.Future[None]]] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many nobody has begun to keep."""
        return len(self._waiting)

    def add(self, thing: T) -> asyncio.Future[None]:
        """Done when it is kept; or it holds why it could not be: Busy, StoreUnavailable, or what ``keep`` raised."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, kept))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_what_waits())
        return kept

    async def close(self) -> None:
        """Wait until nothing waits."""
        if self._keeping is not None:
            await self._keeping

    async def _keep_what_waits(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                await self.store.run(self.keep, [thing for thing, _ in together])
            except Exception:  # noqa: BLE001 - each of them is told its own
                for thing, kept in together:
                    _tell(kept, await self._alone(thing))
            else:
                for _, kept in together:
                    _tell(kept)

    async def _alone(self, thing: T) -> Exception | None:
        try:
            await self.store.run(self.keep, [thing])
        except Exception as error:  # noqa: BLE001 - who added it is told
            return error
        return None


def _tell(kept: asyncio.Future[None], error: Exception | None = None) -> None:
    if kept.cancelled():
        return
    if error is None:
        kept.set_result(None)
    else:
        kept.set_exception(error)
