"""``jiesu classify`` and ``extract``: what one text tells, as JSON or as columns of a table, without any store."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from backend.cli import surroundings, tables
from backend.cli.errors import WrongUse
from backend.cli.plain import Commands
from backend.cli.progress import Progress
from backend.cli.proposing import divide, prepare, proposer, require_columns
from nlp.understand import understand

if TYPE_CHECKING:
    from backend.cli.proposing import Propose
    from nlp.facts import Candidate, Facts, Proposal, Referral

commands = Commands()

PROPOSED = ("category", "matter", "department", "confidence", "decided", "second", "third")
"""The columns that a classified table gets."""

TEXT = "a citizen's words; - is standard input"
Text = Annotated[str, typer.Argument(metavar="TEXT", help=TEXT)]
Institution = Annotated[str, typer.Option(metavar="ID", help="whose categories; absent: the one in the settings")]


@commands.command()
def classify(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help=TEXT, show_default=False)] = None,
    *,
    institution: Institution = "",
    model: Annotated[str, typer.Option(metavar="MODEL", help="a trained model instead of an institution's words")] = "",
    csv: Annotated[str, typer.Option(metavar="FILE", help="texts, one a row, instead of TEXT")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--text", metavar="COLUMN", help="the table's column; given twice: the subject, then the detail"),
    ] = None,
    out: Annotated[str, typer.Option(metavar="FILE", help="where the table goes, with what was proposed")] = "",
) -> None:
    """Tell which category a text speaks of, or each text of a table."""
    if text is None:
        if not (csv and columns and out):
            raise WrongUse(
                "there is nothing to classify", "give TEXT, or a table with --csv, --text and --out; see --help"
            )
        _classify_table(csv, columns, out, proposer(institution, model, explain=False).propose)
    elif csv or columns or out:
        raise WrongUse("TEXT and a table exclude each other", "give TEXT alone, or --csv, --text and --out")
    else:
        _print(proposal_json(proposer(institution, model).propose(surroundings.text(text))))


@commands.command()
def extract(
    text: Text,
    now: Annotated[str, typer.Option(metavar="ISO", help="when it was said; absent: now")] = "",
    institution: Institution = "",
) -> None:
    """Tell who, what, when, where a text tells."""
    words, whose = surroundings.text(text), surroundings.institution(institution)
    at = _time(now, ZoneInfo(whose.timezone))
    prepare()
    _print(facts_json(understand(words, now=at, institution=whose)))


def _classify_table(csv: str, columns: list[str], out: str, propose: Propose) -> None:
    """The same rows with columns of ours behind theirs; one of theirs that has such a name gives way."""
    read = tables.table(csv, columns)
    require_columns(columns)
    tables.require_place(out)
    progress, rows = Progress(), []
    for number, row in enumerate(read.rows):
        progress("proposing", number / len(read.rows))
        subject, detail = divide(row, columns)
        rows.append(row | _proposed(propose(detail, subject=subject)))
    progress.close()
    header = [*(name for name in read.columns if name not in PROPOSED), *PROPOSED]
    tables.write(out, header, rows, encoding=read.encoding)


def _proposed(proposal: Proposal) -> dict[str, str]:
    """One row's new fields; what is not known is empty."""
    best = proposal.best
    second, third = ([candidate.category for candidate in proposal.top] + ["", ""])[1:3]
    values = (best.category, best.matter or "", best.department or "", f"{proposal.confidence:.4f}")
    return dict(zip(PROPOSED, (*values, "true" if proposal.decided else "false", second, third), strict=True))


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """The contract's keys, with the ids beside the names; then why this department, and what would change the result."""
    best = proposal.best
    return {
        **_names(best),
        "confidence": round(proposal.confidence, 4),
        "decided": proposal.decided,
        "top": [{**_names(candidate), "score": round(candidate.score, 4)} for candidate in proposal.top],
        "why": [{"word": why.word, "category": why.category, "weight": round(why.weight, 4)} for why in proposal.why],
        "departments": [_referral(referral) for referral in proposal.departments],
        "runner_up": proposal.runner_up and proposal.runner_up.category,
        "would_change": list(proposal.would_change),
        "would_tip": proposal.would_tip,
    }


def _referral(referral: Referral) -> dict[str, Any]:
    return asdict(referral) | {"score": round(referral.score, 4), "words": list(referral.words)}


def facts_json(facts: Facts) -> dict[str, Any]:
    """The contract's keys; what a text does not tell is null."""
    when, where = facts.when, facts.where
    return {
        "who": facts.who,
        "contact": facts.contact,
        "what": facts.what,
        "target": facts.target,
        "when": when
        and {
            "text": when.text,
            "start": _iso(when.start),
            "end": _iso(when.end),
            "precision": when.precision,
            "recurring": when.recurring,
        },
        "where": where
        and {
            "text": where.text,
            "name": where.name,
            "code": where.code,
            "pieces": where.pieces,
            "candidates": list(where.candidates),
            "suggestions": list(where.suggestions),
        },
        "request": facts.request,
        "kind": facts.kind,
        "urgency": facts.urgency,
        "pieces": [{"slot": p.slot, "text": p.text, "start": p.start, "end": p.end} for p in facts.pieces],
    }


def _iso(at: datetime | None) -> str | None:
    """A vague time ("最近") begins nowhere."""
    return at.isoformat() if at else None


def _names(candidate: Candidate) -> dict[str, Any]:
    return {
        "category": candidate.category,
        "category_id": candidate.category_id,
        "matter": candidate.matter,
        "matter_id": candidate.matter_id,
        "department": candidate.department,
        "department_id": candidate.department_id,
    }


def _time(told: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.fromisoformat(told) if told else surroundings.now()
        return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise WrongUse(f"--now {told!r} is no time", "write it as in 2026-11-21T08:30:00+08:00") from None


def _print(row: dict[str, Any]) -> None:
    typer.echo(json.dumps(row, ensure_ascii=False))
