"""Which institutions somebody may look at on a page that shows one at a time, and which one they have chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.web.desk.gone_words import GONE
from backend.web.errors import Refused
from institutions.gone import is_gone

if TYPE_CHECKING:
    from backend.domain.case import Actor
    from backend.site import Site
    from institutions.model import Institution


def served(site: Site, actor: Actor) -> tuple[Institution, ...]:
    """The institutions that may have cases and that this actor may see."""
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    return tuple(site.institutions[key] for key in homes)


def chosen(site: Site, actor: Actor, wanted: str) -> Institution:
    """The one of that id, if it is one of them; else the first. Raises: Refused: that is served no longer."""
    among = served(site, actor)
    found = next((one for one in among if one.id == wanted), among[0])
    if is_gone(found):
        raise Refused(409, *GONE["gone.settings"])
    return found
