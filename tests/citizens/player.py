"""Plays a citizen of these files against the whole service, in process: no question is guessed, the conversation knows it.

[[citizen]]
name = "what happens, as a name"
style = ["one-shot"]
at = "hotline"                       the institution; "property zh-HK" with the language that the channel tells
says = ["…", "[photo]", "~26h"]      before anything is asked: words, what is sent (see tests.transcripts.play), time
answers = { when = "昨晚", where = ["那边", "人民路12号"] }   by what is asked, the second one when it is asked again
asides = { contact = ["保密吗"] }     said instead of the answer, once
after = ["进度"]                      said once nothing is asked any more
cases = 1                            how many there are in the end
stage = "idle"                       where the conversation ends
unasked = ["when"]                   what was told must not be asked
must = ["119"]                       patterns that some answer matches; ``first``: the answer to the first words
never = ["教育局"]                    patterns that none does
[[citizen.case]]                     the cases in the order of their numbers: parts of their facts
where = "人民路"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, Stage
from tests.transcripts.play import Player

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.case import Case
    from backend.store.engine import Store
    from backend.store.work import UnitOfWork

FOLDER = Path(__file__).parent
SOONEST = timedelta(seconds=20)  # from one message to the next
MOST, OFTENEST = 40, 3  # messages of one citizen, and asks of one question
INTERNAL = re.compile(r"Traceback|\bNone\b|\bnull\b|undefined|[{}]|\b(?:asking|idle|draft)\b")
USUAL = {
    "consent": ("同意", "I agree"),
    "elsewhere": ("不用了", "no"),
    "splitting": ("分开", "separately"),
    "cancelling": ("确定取消", "yes"),
    "confirming": ("提交", "submit"),
    "evidence": ("没有", "no"),
    "pin": ("跳过", "skip"),
}
"""What is answered where the file says nothing; else the question is skipped."""


@dataclass
class Citizen:
    """One of the files' people, and how far they have come."""

    name: str
    at: str
    says: list[str]
    style: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    asides: dict[str, list[str]] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)
    cases: int = 1
    stage: str = "idle"
    unasked: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    must: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    case: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Played(Player):
    """A citizen's phone: what was asked of them, and what was said."""

    asked: list[str] = field(default_factory=list)

    def send_on(self, turn: str) -> None:
        """Send a message twenty seconds later, or let time pass."""
        if turn.startswith("~"):
            self._wait(turn[1:])
            return
        self.city.now += SOONEST
        self.lines.append(f"> {turn}")
        self._say(turn)

    @property
    def now(self) -> Conversation:
        """The conversation as it is kept."""
        state = self.store.read_now(_state, self.institution)
        return Conversation.from_json(state) if state else Conversation()

    @property
    def replies(self) -> list[str]:
        """What the bot said to each message, from the first one on."""
        told = "\n".join(line for line in self.lines if not line.startswith("  ·"))
        return re.split(r"(?m)^> .*\n?", told)[1:]

    def filed(self) -> list[Case]:
        """The cases, oldest first."""
        cases, _ = self.store.read_now(lambda work: work.cases.page(limit=10))
        return [self.city.case(case.number) for case in sorted(cases, key=lambda case: case.number)]

    def files_of(self, case: Case) -> int:
        """How many files lie with it."""
        return len(self.store.read_now(lambda work: work.evidence.of_case(case.number)))


def people() -> list[Citizen]:
    """Everybody in the files."""
    found: list[Citizen] = []
    for path in sorted(FOLDER.glob("*.toml")):
        found += [Citizen(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["citizen"]]
    return found


def play(citizen: Citizen, store: Store) -> Played:
    """Let the citizen talk until nothing is asked of them."""
    institution, _, language = citizen.at.partition(" ")
    phone = Played(store, institution, language=language or "zh")
    asides = {key: list(turns) for key, turns in citizen.asides.items()}
    for turn in citizen.says:
        phone.send_on(turn)
    after = list(citizen.after)
    while phone.sent < MOST:
        key = open_question(phone.now)
        if not key and not after:
            break
        if not key:
            phone.send_on(after.pop(0))
            continue
        phone.asked.append(key)
        for turn in asides.pop(key, None) or [_answer(citizen, phone, key)]:
            phone.send_on(turn)
    return phone


def open_question(now: Conversation) -> str:
    """What the conversation waits for: a slot, or a stage; nothing where the citizen may be silent."""
    match now.stage:
        case Stage.IDLE:
            return ""
        case Stage.ASKING:
            return now.asking
        case Stage.ALARM:
            return now.alarm.asking if now.alarm else ""
    return now.stage.value


def faults(citizen: Citizen, phone: Played) -> Iterator[str]:
    """All that went otherwise than the file says."""
    cases, replies = phone.filed(), phone.replies
    if phone.now.stage.value != citizen.stage:
        yield f"it ends at {phone.now.stage.value}, not {citizen.stage}"
    if len(cases) != citizen.cases:
        yield f"{len(cases)} cases instead of {citizen.cases}"
    yield from (f"{key} was asked although it was told" for key in citizen.unasked if key in phone.asked)
    yield from (f"{key} was asked too often" for key in {*phone.asked} if phone.asked.count(key) > OFTENEST)
    said = "\n".join(replies)
    yield from (f"never said: {words}" for words in citizen.must if not re.search(words, said))
    yield from (f"not said at first: {words}" for words in citizen.first if not re.search(words, replies[0]))
    yield from (f"said: {words}" for words in citizen.never if re.search(words, said))
    yield from (f"internal: {found[0]}" for found in INTERNAL.finditer(said))
    yield from ("a message without an answer" for reply in replies if not reply.strip())
    for case, expected in zip(cases, citizen.case, strict=False):
        yield from (
            f"{key} is {_fact(phone, case, key)}, not {want}"
            for key, want in expected.items()
            if not _holds(_fact(phone, case, key), want)
        )


def _answer(citizen: Citizen, phone: Played, key: str) -> str:
    foreign = phone.now.language == "en"
    told = citizen.answers.get(key, USUAL.get(key, ("跳过", "skip"))[foreign])
    if isinstance(told, str):
        return told
    return str(told[min(phone.asked.count(key), len(told)) - 1])


def _fact(phone: Played, case: Case, key: str) -> Any:
    facts, who = case.facts, case.facts["who"]
    match key:
        case "name" | "contact" | "anonymous":
            return who[key]
        case "where":
            return facts["where"]["text"] if facts["where"] else None
        case "lat" | "lon":
            return facts["where"][key]
        case "when":
            when = facts["when"]
            return (
                when and when["start"] and datetime.fromisoformat(when["start"]).astimezone(ZoneInfo("Asia/Shanghai"))
            )
        case "evidence":
            return phone.files_of(case)
        case "category" | "matter" | "department":
            return getattr(case, f"{key}_id")
        case "kind" | "grade" | "status":
            return getattr(case, key)
    return facts["extra"].get(key, facts.get(key))


def _holds(fact: Any, want: Any) -> bool:
    """Whether a fact is what is wanted: one of several, a part of a text, a moment; ``""`` for nothing at all."""
    if isinstance(want, list):
        return any(_holds(fact, each) for each in want)
    if isinstance(want, datetime):
        return isinstance(fact, datetime) and fact == want
    if isinstance(want, str):
        return str(want) in str(fact) if want else not fact
    return bool(fact == want)


def _state(work: UnitOfWork, institution: str) -> dict[str, Any] | None:
    person = work.people.find("web", "li")
    return work.people.conversation(person.id, institution) if person else None
