"""What people do in the office beside the cases, put on record in the unit that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.store.deeds import Deed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.case import Actor
    from backend.store.work import UnitOfWork

LONGEST = 160
"""Characters of a subject."""


def note(
    work: UnitOfWork,
    what: str,
    subject: str,
    *,
    by: Actor,
    at: datetime,
    institution: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Keep that *by* did *what* to *subject*, whose affair is that institution's (None: every one's).

    ``before`` and ``after`` are JSON values under names of their own; of them only what differs is kept. ``what`` is a
    word such as user_changed; the desk's words call it ``deed.<what>``.
    """
    told: dict[str, Any] = dict(detail or {})
    if before is not None or after is not None:
        old, new = before or {}, after or {}
        changed = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
        told["before"] = {key: old[key] for key in changed if key in old}
        told["after"] = {key: new[key] for key in changed if key in new}
    work.deeds.add(Deed(at, by.name, what, subject[:LONGEST], institution, told))
