"""Text as Telegram counts and reads it: UTF-16 units, a small HTML, the commands that a client marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.fakes.telegram_errors import Json, bad

TEXT, CAPTION, ENTITIES = 4096, 1024, 100  # UTF-16 units, and how many marks

KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}  # the only ones there are
PIECE = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|\w+);?|<(/?)([a-zA-Z0-9-]*)([^>]*)(>?)", re.ASCII)
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?")


def units(text: str) -> int:
    """How long Telegram says it is."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Open:
    """A tag that waits for its end."""

    name: str
    offset: int
    url: str


class Reader:
    """One reading of a text in the HTML that Telegram knows."""

    def __init__(self, source: str) -> None:
        self.source, self.text, self.stack = source, "", list[Open]()
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        at = 0
        for piece in PIECE.finditer(self.source):
            self.text += self.source[at : piece.start()]
            at = piece.end()
            if piece[0].startswith("&"):
                self.text += character(piece)
            else:
                self.tag(piece, len(self.source[: piece.start()].encode()))
        self.text += self.source[at:]
        if self.stack:
            raise unreadable(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].name}"')
        return self.text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def tag(self, piece: re.Match[str], byte: int) -> None:
        name = piece[3].lower()
        if piece[2] and not piece[5]:
            raise unreadable(f"Unclosed end tag at byte offset {byte}")
        if piece[2]:
            self.end(name, byte)
        elif name not in KINDS:
            raise unreadable(f'Unsupported start tag "{name}" at byte offset {byte}')
        elif not piece[5]:
            raise unreadable(f"Unclosed start tag at byte offset {byte}")
        elif name == "span" and "tg-spoiler" not in piece[4]:
            raise unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
        else:
            href = HREF.search(piece[4])
            self.stack.append(Open(name, units(self.text), next(filter(None, href.groups()), "") if href else ""))

    def end(self, name: str, byte: int) -> None:
        if not self.stack:
            raise unreadable(f"Unexpected end tag at byte offset {byte}")
        tag = self.stack.pop()
        if name and name != tag.name:
            raise unreadable(f'Unmatched end tag at byte offset {byte}, expected "</{tag.name}>", found "</{name}>"')
        if (length := units(self.text) - tag.offset) > 0:
            entity: Json = {"type": KINDS[tag.name], "offset": tag.offset, "length": length}
            self.entities.append(entity | ({"url": tag.url} if tag.name == "a" else {}))


def unreadable(why: str) -> Exception:
    return bad(f"can't parse entities: {why}")


def character(piece: re.Match[str]) -> str:
    name = piece[1]
    if name.startswith("#"):
        number = int(f"0{name[1:]}", 0) if name[1:2] == "x" else int(name[1:])
        return chr(number) if 0 < number < 0x110000 else piece[0]
    return NAMED.get(name, piece[0])


def formatted(source: str, mode: str, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """A text and its marks, trimmed as the platform trims. Markdown is not modelled. Raises: Failure."""
    if mode.lower() not in {"", "html"}:
        raise bad("unsupported parse_mode")
    text, marks = Reader(source).read() if mode else (source, entities or [])
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    moved = [mark | {"offset": max(0, mark["offset"] - lead)} for mark in marks]
    whole = units(text)
    kept = [mark | {"length": min(mark["length"], whole - mark["offset"])} for mark in moved if mark["offset"] < whole]
    return text, kept[:ENTITIES]


def commands(text: str) -> list[Json]:
    """The marks that a client sets on what a person types."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in COMMAND.finditer(text)
    ]


def pieces(text: str) -> list[str]:
    """A long text as a client sends it: several messages."""
    parts, part = [], ""
    for letter in text:
        if units(part + letter) > TEXT:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]
