"""Every sentence the bot says, by key and language. A test holds the languages to the same keys and facts.

Changed a sentence? ``python -m scripts.traditional`` writes zh_hant.py and zh_hant_beside.py anew.
"""

from __future__ import annotations

from dialogs.wording.en import SENTENCES as IN_ENGLISH
from dialogs.wording.voice import EN, HANT, ZH, Voice, named, voice
from dialogs.wording.zh import SENTENCES as IN_CHINESE
from dialogs.wording.zh_hant import SENTENCES as IN_TRADITIONAL

__all__ = ["EN", "HANT", "LANGUAGES", "SHORTER", "ZH", "Voice", "named", "phrase", "voice"]

LANGUAGES = {ZH: IN_CHINESE, HANT: IN_TRADITIONAL, EN: IN_ENGLISH}
SHORTER = ".plain"
"""What the key of a sentence's shorter form ends in, for who asked to be spoken to slowly."""


def phrase(language: str, key: str, **facts: object) -> str:
    """The sentence under *key*, as the voice says it; an unknown language gets Chinese.

    An institution's own sentence comes before ours, a shorter form before the
    usual one where the voice is plain. Raises: KeyError: no such sentence, or a fact is missing.
    """
    return _pattern(language, key).format(**facts)


def _pattern(language: str, key: str) -> str:
    sentences = LANGUAGES.get(language, IN_CHINESE)
    own = language.own if isinstance(language, Voice) else {}
    keys = (f"{key}{SHORTER}", key) if isinstance(language, Voice) and language.plain else (key,)
    for wanted in keys:
        if (found := own.get(wanted) or sentences.get(wanted)) is not None:
            return found
    return IN_CHINESE[key]
