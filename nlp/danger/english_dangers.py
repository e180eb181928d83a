"""How people say in English that somebody is in danger. Data and no logic, as in ``hazards``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.danger.signs import sign

if TYPE_CHECKING:
    from nlp.danger.signs import Sign

SOMEBODY = r"(?:he|she|they|i|we|man|woman|guy|child|kids?|baby|boy|girl|son|daughter|people|person|passengers?|workers?|rider|driver|friend|husband|wife|father|mother|dad|mom|mum|grand\w+|someone|somebody|student|neighbou?r)"
VICTIM = r"(?:a |an |the |my |our |two |three |some |several )*(?:man|woman|child|kids?|boy|girl|people|person|passengers?|pedestrians?|workers?|cyclist|student|school bus|crowd|him|her|me|us|friend|old \w+|someone|somebody|cars?)"

ENGLISH: tuple[Sign, ...] = (
    sign(
        "gas",
        "gor",
        r"\bgas (?:alarm|detector|odou?r|smell|line|pipe|stove|bottle|cylinder|valve)\b[^.!?\n]{0,30}\b(?:beep\w*|going off|went off|leak\w*|hiss\w*|strong|smells?|broken?|burst|headaches?|dizzy)|\brotten eggs?\b|\bhiss\w*\b[^.!?\n]{0,20}\bgas\b|\bstrong (?:smell of )?gas\b|\bgas smell\b",
    ),
    sign(
        "gas",
        "c",
        r"\bcarbon monoxide\b[^.!?\n]{0,24}\b(?:going off|beep\w*|alarm|ringing|poison\w*|dizzy)|\bco (?:alarm|detector) (?:is |keeps )?(?:going|beep|ring)",
    ),
    sign(
        "fire",
        "bfs",
        r"\bsmoke (?:is |are )?(?:coming|filling|pouring|everywhere|rising)\b|\b(?:thick|heavy) smoke\b|\bfire[ ,!]+fire\b|\bsparks (?:from|coming|flying|everywhere)\b|\bsparking\b|\bbattery (?:blew up|exploded)\b|\bburning (?:house|building|car)\b|\bwildfire\b",
    ),
    sign(
        "crime",
        "bcghsw",
        r"\b(?:is|are|keeps?) (?:following|chasing|stalking) (?:me|us|her|my)\b|\b(?:hits?|beats?|hitting|punched|strangled|choked|raped|stabbed|kidnapped) (?:me|us|her|my (?!car|fence|house|door|bike|phone|wall|dog)\w+)\b|\bwon'?t let (?:me|us|her) (?:leave|go|out)\b|\b(?:men|man|guy|someone|somebody|people) with (?:a |an )?(?:guns?|kni(?:fe|ves)|axe|machete|weapons?)\b|\bgun ?shots?\b|\bbreaking in(?:to)?\b|\bholding (?:me|us|her) (?:hostage|against)",
    ),
    sign(
        "self_harm",
        "cdijnt",
        r"\bcan'?t go on\b|\bit all to end\b|\btook (?:a lot of|too many|all (?:the|my|his|her)|a (?:whole )?bottle of) (?:\w+ )?(?:pills|tablets|medicine)\b|\bgoodbye (?:note|letter|message)\b|\bdisappear forever\b|\b(?:will|'ll|going to|gonna|wants? to|about to|threaten\w* to) jump\b(?! rope| the| ahead)|\bno point (?:in )?living\b|\bcut(?:s|ting)? (?:myself|himself|herself)\b|\bworld (?:is|would be) better without me\b",
        hint=True,
    ),
    sign(
        "trapped",
        "cfsuw",
        r"\bstuck (?:on|in|under|inside)\b[^.!?\n]{0,16}\b(?:roof|lift|elevator|mud|water|well|tunnel|flood)\b|\bwater is rising\b|\b(?:under|beneath) (?:the|a) (?:bricks|rubble|wall|debris|scaffold\w*)\b|\bcan'?t get out of (?:the|my|a) (?:basement|lift|elevator|car|room|house|building|toilet|bathroom)\b|\b(?:car|boat|ferry|ship) is sinking\b|\bswept away\b",
    ),
    sign(
        "trapped",
        "cf",
        r"\b(?:fell|collapsed|crashed|came down) (?:down )?on(?:to)? "
        + VICTIM
        + r"\b|\b(?:fell|collapsed)\b[^.!?\n]{0,24}\b(?:people|workers?|someone|somebody|kids?|children|he|she) (?:is |are )?(?:inside|under\w*|trapped|below)\b",
    ),
    sign(
        "traffic",
        "ach",
        r"\baccident\b[^.!?\n]{0,40}\b(?:not (?:responding|moving|breathing)|injured|hurt|bleeding|unconscious|dead|dying)\b|\b(?:truck|car|bus|van|lorry|train|taxi|scooter|motorbike) (?:just |has )?hit "
        + VICTIM
        + r"\b",
    ),
    sign(
        "medical",
        "cfhnt",
        r"\b"
        + SOMEBODY
        + r"(?: is|'s| are)? not (?:responding|moving|waking up|breathing)\b|\bnot waking up\b|\bwon'?t wake up\b|\bfell (?:off|from|down) (?:the|a|his|her)\b[^.!?\n]{0,24}\b(?:head|back|roof|ladder|stairs|window|floor|balcony)\b|\bchoking\b|\bturning blue\b|\bcan'?t feel (?:my|his|her)\b|\bgiving birth\b|\bwater broke\b|\bpoisoned\b|\bcoughing (?:up )?blood\b",
    ),
)
