"""Which chats are one person's: those that follow the same case as who filed it, or as its only joiner, from any device.

Pure: who follows which case in, groups of chats out. Whom else a notice goes
to is ``planning``'s, by the same rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.planning import same_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.domain.planning import Bound


def of_one_person(cases: Iterable[Sequence[Bound]]) -> Mapping[int, frozenset[int]]:
    """Chat -> all chats of the same person, itself too; who has one chat alone is missing. ``cases``: each one's followers.

    Chats that share a case are one person's, and so are those that share it with a third.
    """
    first: dict[int, int] = {}

    def root(chat: int) -> int:
        while (above := first.setdefault(chat, chat)) != chat:
            first[chat] = first[above]
            chat = above
        return chat

    for bound in cases:
        for one in bound:
            for other in same_person(one.role, bound):
                first[root(other.person)] = root(one.person)
    groups: dict[int, set[int]] = {}
    for chat in first:
        groups.setdefault(root(chat), set()).add(chat)
    return {chat: frozenset(some) for some in groups.values() if len(some) > 1 for chat in some}
