"""Every sentence the bot says, by key and language. A test holds the languages to the same keys and facts."""

from __future__ import annotations

from dialogs.wording.en import SENTENCES as EN
from dialogs.wording.zh import SENTENCES as ZH

LANGUAGES = {"zh": ZH, "en": EN}


def phrase(language: str, key: str, **facts: object) -> str:
    """The sentence under *key*; an unknown language gets Chinese. Raises: KeyError: no such sentence, or a fact is missing."""
    return LANGUAGES.get(language, ZH)[key].format(**facts)
