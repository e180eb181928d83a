"""The check of an answer before it is sent: everything that it lacks, in the order of ``saying.SAYINGS``. Pure, linear."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from nlp.answers import covered, manner, privacy, substance
from nlp.answers.reading import read
from nlp.answers.saying import SAYINGS

if TYPE_CHECKING:
    from institutions.model import Institution
    from nlp.answers.heard import Caution, Heard

ORDER = {key: place for place, key in enumerate(SAYINGS)}


def check(
    answer: str, heard: Heard, *, institution: Institution, channel: str = "", language: str = "zh"
) -> tuple[Caution, ...]:
    """What to look at before *answer* goes to the citizen on *channel*. Of an empty answer there is nothing to say."""
    it = read(answer)
    if not it.plain.strip():
        return ()
    found = chain(
        covered.unanswered(it, heard),
        covered.unplaced(it, heard),
        covered.undated(it, heard),
        substance.missing(it, heard, institution),
        privacy.others(it, heard),
        manner.tone(it),
        manner.blanks(it),
        manner.shape(it, heard, channel, language),
    )
    return tuple(sorted(found, key=lambda one: (ORDER[one.key], one.of, one.start)))
