"""``jiesu doctor``, ``check-institution``, ``audit verify`` and ``deliveries``: is all as it should be?

A check that fails says so on standard output and ends with exit code 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import examination, surroundings
from backend.cli.database import opened
from backend.cli.errors import Refused, WrongUse
from backend.cli.plain import Commands
from backend.domain.reasons import english
from backend.services.cases import sealing
from backend.services.office import institutions, left, sending, thinness
from backend.services.office.served import Served

if TYPE_CHECKING:
    from backend.store.engine import Store
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

commands = Commands()
audit = Commands(help="Prove that no history was changed.")
commands.add_typer(audit, name="audit")

MOST = 10_000  # rows
LONGEST_ID = 19  # digits: what every database can compare


@commands.command()
def doctor() -> None:
    """Check the configuration without serving."""
    findings = examination.examine(surroundings.settings())
    for finding in findings:
        sign = "WRONG" if not finding.good else "note " if finding.note else "ok   "
        typer.echo(f"{sign}  {finding.part}: {finding.words}")
    match list(dict.fromkeys(finding.part for finding in findings if not finding.good)):
        case []:
            return
        case [part]:
            raise Refused(f"the check of the {part} failed", "do what its line above says")
        case [*parts, last]:
            raise Refused(f"the checks of {', '.join(parts)} and {last} failed", "do what their lines above say")


@commands.command("check-institution")
def check_institution(file: Annotated[str, typer.Argument(metavar="FILE", help="an institution's TOML file")]) -> None:
    """Check an institution's file: every mistake, and what is thin about it."""
    path = Path(file)
    if not path.is_file():
        raise WrongUse(f"there is no file {file}", "name an institution's TOML file")
    found, mistakes = institutions.mistakes(path)
    for mistake in mistakes:
        typer.echo(f"WRONG  {mistake}")
    if len(mistakes) == 1:
        raise Refused(str(mistakes[0]), "correct the file")
    if found is None or mistakes:
        raise Refused(f"{path.name} has {len(mistakes)} mistakes", "correct what the lines marked WRONG tell")
    for key, words in thinness.thin(found):
        typer.echo(f"thin   {path.name}: {key}: {words}")
    typer.echo(f"ok     {path.name}: {found.name} ({found.code}), {_size(found)}")


def _size(found: Institution) -> str:
    matters = sum(len(category.matters) for category in found.categories)
    return f"{len(found.categories)} categories, {matters} matters, {len(found.departments)} departments"


@audit.command("verify")
def verify(
    seal: Annotated[str, typer.Option(metavar="HASH", help="a seal's hash that was written down elsewhere")] = "",
) -> None:
    """Check every case's chain and every seal; print the last seal's hash, to be written down elsewhere."""
    with opened() as store:
        wrong, last = store.read_now(_verified, seal.strip())
    for sentence in wrong:
        typer.echo(f"WRONG  {sentence}")
    if wrong:
        raise Refused(
            "histories or seals do not hold", "compare with a backup, and find out who could write the database"
        )
    typer.echo(f"ok     every history is whole; last seal {last or 'none yet'}")


@commands.command()
def deliveries(
    retry: Annotated[
        str, typer.Option(metavar="ID|all", help="send this one again, or all: what is uncertain or undelivered")
    ] = "",
) -> None:
    """List the notices that citizens do not have.

    Columns: id, case, kind, state, tries, since when, reason. With all, what is uncertain is left out: it may have arrived.
    """
    if retry:
        _retry(retry)
        return
    with opened() as store:
        for row in store.read_now(_not_arrived):
            since = row.changed_at.astimezone().isoformat(timespec="seconds")
            typer.echo(
                "\t".join(
                    [str(row.id), row.number or "-", row.kind, row.state, str(row.tries), since, english(row.reason)]
                )
            )


def _retry(told: str) -> None:
    if told == "all":
        with opened() as store:
            queued = store.run_now(sending.all_again, _served(store), at=surroundings.now())
        typer.echo(f"ok     {queued} queued; jiesu serve or jiesu work sends them")
        return
    if not (told.isascii() and told.isdecimal() and len(told) < LONGEST_ID):
        raise WrongUse(f"{told[:40]!r} is no id", "take one of the first column of jiesu deliveries, or all")
    with opened() as store:
        if not store.run_now(sending.again, _served(store), int(told), at=surroundings.now()):
            raise Refused(f"{told} is neither uncertain nor undelivered", "jiesu deliveries lists what is")
    typer.echo(f"ok     {told} is queued; jiesu serve or jiesu work sends it")


def _served(store: Store) -> Served:
    there = institutions.load(own=surroundings.settings().institutions_place)
    return Served(there, store.read_now(left.of, there))


def _verified(work: UnitOfWork, expected: str) -> tuple[list[str], str]:
    last = work.seals.last()
    return sealing.verify(work, expected=expected), last.hash if last else ""


def _not_arrived(work: UnitOfWork) -> list[Row]:
    return work.outbox.not_arrived(limit=MOST)
