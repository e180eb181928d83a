"""Facts of an English message: name, place, request and whom it is about; times are ``english_when``'s.

For the common cases of people who live here and write English. What is not
said plainly is None and is asked. Linear in the text's length.
"""

from __future__ import annotations

import re

from nlp.facts import Found, Where

CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
FEW_WORDS = 2
"""English words that a text must hold to be read as English: fewer may be a plate or a brand."""

NOT_NAMES = frozenset(
    "Chinese American British English Canadian German French Australian Russian Indian Japanese Korean Not Very Writing Sorry So Here Happy Sick A An The In On At"
    " Calling Reporting Complaining Living Afraid Tired Angry From Just Also Really Still Now Sure Your About Regarding To Going It This That Muslim Deaf Blind Disabled".split()
)
_NAME = r"(?P<name>[A-Z][a-zA-Z'’-]+(?: [A-Z][a-zA-Z'’-]+| [A-Z]\.(?= [A-Z])){0,2})"
NAME = re.compile(
    rf"(?:(?i:\bmy (?:full )?name is|\bmy name's|\bname[:=]|\bthis is|\bi am|\bi'm|\bi’m|\bcall me|\bsigned,?|\b(?:best |kind )?regards,?|\bsincerely,?)\s+(?:(?i:mr|mrs|ms|miss|dr)\.?\s)?{_NAME}"
    rf"|(?:^|(?<=[.!?\n] )){_NAME.replace('name', 'first')} here\b)(?=[\s,.;!?:]|$)"
)
LOWER_NAME = re.compile(
    r"\bmy name(?: is|'s) (?P<name>[a-z]{2,15}(?: [a-z]{2,15})?)(?=[,.;!?\n]|$| and| my| i )", re.IGNORECASE
)

NUMBERED = (
    ("building", r"(?:building|block|tower|bldg\.?)\s(?:no\.?\s?|number\s|#)?(?:\d{1,3}[A-Z]?|[A-Z]\d{0,2})\b"),
    ("unit", r"(?:unit|entrance)\s(?:no\.?\s?|number\s|#)?(?:\d{1,2}|[A-Z])\b"),
    ("room", r"(?:room|apartment|apt\.?|flat)\s(?:no\.?\s?|number\s|#)?\d{1,5}[A-Z]?\b"),
    (
        "floor",
        r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|top|ground) floor\b|floor \d{1,2}\b",
    ),
)
_WORD = r"(?:No\.?\s?\d{1,3}|[A-Z0-9][\w'’-]*)"
_LOWER = r"(?!(?:the|a|an|my|our|your|this|that|of|in|on|at|to|and|is|was|near|from|same|whole|main|next|other|busy|road|street)\b)[a-z][\w'’-]*"
ROADS = r"(?:Road|Rd\.?|Street|St\.?(?!\w)|Avenue|Ave\.?|Lane|Boulevard|Blvd\.?|Highway|Alley|Expressway|Bridge|Lu|Jie)"
ESTATES = (
    r"(?:Community|Estate|Gardens?|Residences?|Compound|Apartments|Mansions?|Villas?|Court|Homes|Xiaoqu|Neighbou?rhood)"
)
AREAS = r"(?:District|County|Town(?:ship)?|Subdistrict|Village|City|New Area)"
POIS = (
    r"(?:School|Kindergarten|University|College|Hospital|Clinic|Station|Airport|Market|Supermarket|Mall|Plaza|Square|Park|Hotel|Restaurant|Cafe|Bar|Bank|Library"
    r"|Museum|Theat(?:re|er)|Cinema|Gym|Pharmacy|Factory|Bus Stop|Scenic (?:Area|Spot)|Zoo|Temple|Centre|Center|Toll (?:Gate|Station)|Police Station|Post Office)"
)


def _named(kind: str, endings: str) -> tuple[str, str]:
    return (
        kind,
        rf"(?:(?:{_WORD}\s){{1,4}}(?i:{endings})|(?<=\b(?:at|in|on)\s)(?:{_LOWER}\s){{1,2}}(?i:{endings}))(?![a-z])",
    )


PLACES = (
    ("number", r"(?:No\.?\s?|Number\s|#)?\d{1,5}[A-Z]?,?(?=\s(?:[A-Z][\w'’-]*\s){1,4}(?i:" + ROADS + r")\b)"),
    *[(kind, f"(?i:{pattern})") for kind, pattern in NUMBERED],
    _named("road", ROADS),
    _named("compound", ESTATES),
    _named("district", AREAS),
    _named("poi", POIS),
)
_PLACE = re.compile("|".join(rf"(?P<{kind}>(?<![\w-]){pattern})" for kind, pattern in PLACES))
BEFORE_NAME = re.compile(
    r"^(?:(?:At|In|On|Near|From|The|And|Opposite|Behind|My|Our|There|Please|Why|Is|Are|No|Hi|Hello|Dear|Yesterday|Today|Last|This|Every|Since|When|I)\s)+"
)
BETWEEN = re.compile(r"\s?,?\s?(?:(?:of|in|at|on|near|opposite|behind|the|inside|outside) ){0,2}", re.IGNORECASE)
BESIDE = re.compile(
    r"(?:the |our |my )?(?:(?:main |back |front |side |north |south |east |west )?(?:gate|entrance|door|lobby|hallway|corridor|stairwell|staircase|lift|elevator|parking lot|car park|garage|basement|roof|courtyard|playground))"
    r"(?= (?:of|in|at|to) )",
    re.IGNORECASE,
)
AGAINST = re.compile(
    r"\b(?:in front of|opposite|behind|outside|near|next to|across from|beside)(?: to)?(?: the)? $", re.IGNORECASE
)
LEAST = frozenset({"road", "compound", "district", "poi", "building", "room"})

REQUEST = re.compile(
    r"\b(?:please|kindly|could (?:you|someone|somebody)|can (?:you|someone|somebody)|would you|will you|i(?:'d| would) like|i (?:want|hope|wish|demand|ask|request|expect|need)(?! to (?:report|complain|tell|inform|file|make a))"
    r"|we (?:want|hope|wish|demand|ask|request|need)|i(?:'d| would) appreciate)\b[^.;!?\n]{3,160}",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"^(?:please|kindly|can you|could you)?,?\s*(?:(?:please )?help(?: me| us)?(?: out)?(?: with this)?|thank(?:s| you)(?: very much)?|advise|note|be (?:informed|advised)|find attached|see (?:the )?(?:photos?|pictures?|attached).*)?\s*$",
    re.IGNORECASE,
)
QUESTION = re.compile(r"[^.!?\n]{4,160}\?")

_ROLE = (
    r"property (?:management|manager|company)|landlord|landlady|developer|construction (?:site|company|team)|contractor|(?:bus |taxi |truck |delivery )?driver|courier|delivery (?:man|guy|company)"
    r"|restaurant|barbecue (?:stall|shop|restaurant)|bbq (?:stall|place|shop)|bar|club|ktv|karaoke(?: bar)?|shop(?:keeper| owner)?|store|supermarket|hotel|gym|hospital|clinic|school|kindergarten|teacher|doctor|nurse"
    r"|neighbou?rs?|upstairs neighbou?rs?|tenants?|factory|workshop|company|employer|boss|bank|agency|agent|travel agency|tour guide|airline|seller|merchant|vendor|street vendors?|food stall|security guards?|staff|waiter|waitress|cashier|clerk|manager|salon|bus company|taxi company|moving company|website|platform"
)
TARGET = re.compile(
    rf"(?:\b(?:the|a|an|my|our|this|that|some)\s|(?:^|(?<=[.!?\n]\s)))(?P<told>(?:(?!(?:and|or|of|in|at|to|is|was|that|next|when)\b)[a-z][\w'-]*\s){{0,2}}?(?:{_ROLE})(?:\s(?:downstairs|upstairs|next door|across the (?:street|road)|opposite))?)(?=[\s,.;!?']|$)",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:ask(?:ed)?|tell|told|call(?:ed)?|contact(?:ed)?|urge|order|near|behind|opposite|outside|beside|next to|in front of|(?:live|lives|living|staying) (?:in|at|above))\s$",
    re.IGNORECASE,
)


def mostly(text: str) -> bool:
    """Whether *text* is to be read as English."""
    words = LETTERS.findall(text)
    return len(words) >= FEW_WORDS and sum(map(len, words)) > 3 * len(CHINESE.findall(text))


def name(text: str) -> Found | None:
    """The name the citizen gives themself."""
    for told in NAME.finditer(text):
        group = "name" if told["name"] else "first"
        if told[group].split()[0] not in NOT_NAMES:
            value = told[group].rstrip(".")
            return Found(value, told.start(group), told.start(group) + len(value))
    if lower := LOWER_NAME.search(text):
        return Found(lower["name"], *lower.span("name"))
    return None


def places(text: str) -> list[tuple[Where, int, int]]:
    """The places of *text* with their offsets, the most exact first."""
    runs: list[tuple[dict[str, str], int, int]] = []
    for m in _PLACE.finditer(text):
        kind = m.lastgroup or ""
        start = m.start() + (len(lead[0]) if (lead := BEFORE_NAME.match(m[0])) else 0)
        value = text[start : m.end()].rstrip(" ,")
        if kind in {"road", "compound", "district", "poi"} and " " not in value:
            continue  # a kind alone
        if runs and BETWEEN.fullmatch(text[runs[-1][2] : start]) and kind not in runs[-1][0]:
            pieces, begin, _ = runs.pop()
            runs.append(({**pieces, kind: value}, begin, start + len(value)))
        else:
            runs.append(({kind: value}, start, start + len(value)))
    told = [run for run in runs if LEAST & run[0].keys()]
    told.sort(key=lambda run: (-len(run[0]), run[1]))
    return [(Where(text[start:end], pieces), start, end) for pieces, start, end in (_wider(text, run) for run in told)]


def request(text: str, *, kind: str) -> Found | None:
    """What the citizen wants done; in a consult, the question."""
    if kind == "consult" and (asked := QUESTION.search(text)):
        return _trimmed(text, *asked.span())
    for told in reversed(list(REQUEST.finditer(text))):
        if not POLITE.match(told[0].strip()):
            return _trimmed(text, *told.span())
    return None


def target(text: str, *, kind: str) -> Found | None:
    """Who or what is complained of; None in questions, suggestions and thanks."""
    if kind in {"consult", "suggestion", "thanks"}:
        return None
    for told in TARGET.finditer(text):
        if not ASKED.search(text[max(0, told.start() - 20) : told.start()]):
            return Found(told["told"], *told.span("told"))
    return None


def _wider(text: str, run: tuple[dict[str, str], int, int]) -> tuple[dict[str, str], int, int]:
    """The place with what is said to lie beside it: the gate of …, the lift in …, behind …."""
    pieces, start, end = run
    for m in BESIDE.finditer(text, max(0, start - 40), start):
        if re.fullmatch(r" (?:of|in|at|to) (?:the )?", text[m.end() : start]):
            return pieces, m.start(), end
    beside = AGAINST.search(text, max(0, start - 24), start)
    return (pieces, beside.start(), end) if beside else run


def _trimmed(text: str, start: int, end: int) -> Found:
    inner = text[start:end].strip(" \t\r\n,")
    begins = text.index(inner, start)
    return Found(inner, begins, begins + len(inner))
