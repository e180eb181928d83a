"""Everything a running Jiesu holds, built once by the composition root and handed to web and jobs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from backend.services.files.evidence import EvidenceFiles
    from backend.services.office.served import Served
    from backend.settings import Settings
    from backend.store.engine import Store
    from bots import Channel, Platform
    from institutions.model import Institution


@dataclass(frozen=True, slots=True)
class Site:
    """The parts, each with one purpose."""

    settings: Settings
    store: Store
    institutions: Served  # as they are now: what was learnt is laid over their files
    channels: Mapping[str, Channel]  # by name
    homes: Mapping[str, str]  # channel name -> institution id
    evidence: EvidenceFiles
    clock: Callable[[], datetime]  # aware, UTC
    secret: bytes  # signs cookies
    platforms: Mapping[str, Platform] = field(default_factory=dict)  # those of the channels that call a hook of ours
    ring: asyncio.Event = field(default_factory=asyncio.Event)  # something was owed just now: the postman need not wait

    def institution_of(self, channel: str) -> Institution:
        """The institution whose dialog this channel talks. Raises: KeyError."""
        return self.institutions[self.homes[channel]]
