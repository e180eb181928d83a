"""Speaking slowly: asked for in words, taken back in words, and what else there is to choose, three at a time.

What it changes is where it is said: shorter sentences in ``wording`` (their
keys end in ``.plain``), fewer questions and no lists in ``asking``, three
buttons in ``few``, voice notes as answers in ``voices``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.draft.back import back_to_it
from dialogs.speaking import few
from dialogs.speaking.language import voiced
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def take(institution: Institution, now: Conversation, _heard: Heard, word: str) -> Result | None:
    """Take the wish for another pace, and the button for more."""
    if word == few.MORE:
        return speak(now, phrase(now.language, "few.which"), choices=few.rest(now.offered))
    if word not in {"slowly", "usual"}:
        return None
    spoken = voiced(institution, replace(now, elder=word == "slowly"))
    said = phrase(spoken.language, f"pace.{word}")
    if spoken.stage is Stage.IDLE:
        return speak(spoken, said, phrase(spoken.language, "invite"))
    return back_to_it(institution, *speak(spoken, said))
