"""A language that we cannot speak: said once, at the beginning of a matter; the words are kept as they are.

Told by the script alone. A language in Latin letters is answered in English,
see dialogs/speaking/language.py.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.questions import asides
from dialogs.wording import EN, ZH, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

READ = ("CJK ", "LATIN ", "FULLWIDTH LATIN ", "IDEOGRAPHIC ", "BOPOMOFO ")
"""How the Unicode names of letters begin that we can read."""
ENOUGH = 200  # characters that show it


def told(institution: Institution, before: Conversation, heard: Heard, result: Result) -> Result:
    """The same, with a first line in two languages where the words that begin a matter are in another."""
    begins = before.stage is Stage.IDLE and not before.draft.values
    if not begins or heard.choice or not is_foreign(heard.text):
        return result
    spoken = result[0].language
    both = (phrase(spoken, "foreign"), phrase(ZH if str(spoken) == EN else EN, "foreign"))
    return asides.put_first(institution, result, "\n".join(both))


def is_foreign(text: str) -> bool:
    """Whether most of the letters are of a script that neither Chinese nor English has."""
    letters = [unicodedata.name(one, "") for one in text[:ENOUGH] if one.isalpha()]
    return 2 * sum(not name.startswith(READ) for name in letters) > len(letters)
