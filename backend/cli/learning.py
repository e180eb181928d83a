"""``jiesu train --institution ID``: learn from the cases in the store now, or take what was learnt back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from backend.cli import surroundings
from backend.cli.database import opened
from backend.cli.errors import Refused
from backend.cli.proposing import prepare
from backend.domain.case import Actor
from backend.services.office import learning
from backend.services.office.learning import REFUSED, TEACHERS

if TYPE_CHECKING:
    from backend.store.engine import Store
    from institutions.model import Institution


def learn(institution: str) -> None:
    """Learn from handlers' corrections, as every night. Raises: Refused: the version did not pass its check."""
    shipped = surroundings.institution(institution)
    prepare()
    with opened() as store:
        lesson = learning.lesson(store.read_now(learning.ground, shipped.id), shipped)
        kept = store.run_now(learning.record, lesson, by=_actor().name, at=surroundings.now())
    told = learning.told(lesson, kept)
    if kept is not None and kept.state == REFUSED:
        raise Refused(told, "what was live stays so; look at it on the desk, under learnt words")
    typer.echo(told)


def roll_back(institution: str) -> None:
    """Take the live version back; the one before is live again. Raises: NotLive."""
    whose = surroundings.institution(institution)
    with opened() as store:
        typer.echo(_taken_back(store, whose))


def _taken_back(store: Store, whose: Institution) -> str:
    former = store.run_now(learning.roll_back, whose.id, by=_actor(), at=surroundings.now())
    return f"{whose.id}: {f'version {former} is live again' if former else 'the words of its file alone are in use'}"


def _actor() -> Actor:
    """Whoever may run this on the server may do it; the user of the machine goes on record."""
    return Actor(surroundings.operator(), TEACHERS)
