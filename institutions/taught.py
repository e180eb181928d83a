"""An institution with the words learnt at work laid over those of its file; nothing else of it changes.

What is learnt, and whether it may be used, is not known here: ``nlp.category.learning``
and ``nlp.category.verdict`` say so. The file's own words stand: a person wrote them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from institutions.model import Category, Institution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Taught(Institution):
    """An institution as it is served while a model of learnt words is live; ``version`` is the model's number."""

    version: int = Field(ge=1)


def taught(institution: Institution, words: Iterable[tuple[str, str, float]], *, version: int) -> Taught:
    """*institution* with the words, as (category id, word, weight).

    A category that the file no longer has is passed over, so that a model
    outlives a change of the file.
    """
    by_category: dict[str, dict[str, float]] = {}
    for category, word, weight in words:
        by_category.setdefault(category, {})[word] = weight
    categories = tuple(_with(category, by_category.get(category.id, {})) for category in institution.categories)
    return Taught.model_construct(**dict(institution) | {"categories": categories, "version": version})


def version_of(institution: Institution) -> int:
    """The number of the model that this institution has learnt; 0: it is as its file says."""
    return institution.version if isinstance(institution, Taught) else 0


def own_words(category: Category) -> Mapping[str, float]:
    """The words that the file gives a category and its matters."""
    return {word: weight for item in (*category.matters, category) for word, weight in item.words.items()}


def _with(category: Category, learnt: Mapping[str, float]) -> Category:
    own = own_words(category)
    fresh = {word: weight for word, weight in learnt.items() if word not in own and f"-{word}" not in own}
    return category.model_copy(update={"words": {**category.words, **fresh}}) if fresh else category
