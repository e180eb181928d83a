"""What was written at the desk, as an institution's file would say it: TOML to be put into the file by a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from backend.services.office.wording import usable, words_of
from institutions.guidance import Faq
from institutions.worded import FAQ, REPLY, SAID, row_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.store.wording import Wording
    from institutions.casework import Reply
    from institutions.model import Institution
    from institutions.worded import Part

TABLES: tuple[tuple[Part, str], ...] = ((REPLY, "casework.replies"), (FAQ, "faq"))


def exported(shipped: Institution, version: Wording | None) -> str:
    """The sentences by language, and every changed reply and question as a whole row, which replaces the one of its id."""
    good, bad = usable(shipped, words_of(version))
    lines = [f"# {shipped.id}: written at the desk, version {version.number if version else 0}"]
    if not good:
        lines.append("# nothing differs from the file")
    lines += [f"# left out, {why}: {place.part} {place.key} {place.language}" for place, why in sorted(bad.items())]
    said = {place.language: dict[str, str]() for place in sorted(good) if place.part == SAID}
    for place, text in sorted(good.items()):
        if place.part == SAID:
            said[place.language][place.key] = text
    for language, sentences in said.items():
        lines += ["", f"[wording.{language}]", *(f"{_text(key)} = {_text(text)}" for key, text in sentences.items())]
    now = worded(shipped, good)
    for part, table in TABLES:
        for key in dict.fromkeys(place.key for place in sorted(good) if place.part == part):
            if row := row_of(now, part, key):
                lines += ["", f"[[{table}]]", *_row(row)]
    return "\n".join([*lines, ""])


def _row(row: Reply | Faq) -> Iterator[str]:
    """Every field that is not as it is without saying so."""
    if isinstance(row, Faq):
        yield f"id = {_text(row.id)}"
        yield f"words = {_text(' '.join(_word(word, weight) for word, weight in row.words.items()))}"
        if row.asks:
            yield f"asks = [{', '.join(_text(one) for one in row.asks)}]"
        fields = {"say": row.say, "say_en": row.say_en}
    else:
        fields = {"id": row.id, "name": row.name, "name_en": row.name_en, "to": row.to}
        fields |= {"text": row.text, "text_en": row.text_en}
    yield from (f"{key} = {_text(value)}" for key, value in fields.items() if value)


def _word(word: str, weight: float) -> str:
    return f"{word.replace(' ', '_')}:{weight:g}"


def _text(value: str) -> str:
    """A string of TOML, which takes what JSON writes."""
    return json.dumps(value, ensure_ascii=False)
