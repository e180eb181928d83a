"""How a model lies in a file: ours alone, checked whole before anything of it is believed.

A line that names the format and its version, a line with the SHA-256 of the
rest, and the rest compressed: a header as JSON, the names of the features, and
their numbers as little-endian integers. Nothing in it is ever run.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nlp.training.features import KINDS
from nlp.training.model import Calibration, Model
from nlp.training.packed import RARITY_STEP, Block

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC, VERSION = b"jiesu-model", b"1"
LARGEST = 256 * 1024 * 1024
"""Bytes after decompressing; a model of 1,000 labels and 100,000 features has 200 MB."""


class NoModel(Exception):
    """These bytes are no model that this version can use; ``reason`` is the end of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"that is no model of ours: {reason}")
        self.reason = reason


def dump(model: Model) -> bytes:
    """The bytes of the file."""
    header = {
        "labels": model.labels,
        "bias": model.bias,
        "calibration": asdict(model.calibration),
        "history": dict(model.history),
        "blocks": [{"kind": b.kind, "features": len(b.index), "step": b.step} for b in model.blocks],
    }
    parts = [
        json.dumps(header, ensure_ascii=False).encode(),
        json.dumps([list(b.index) for b in model.blocks]).encode(),
    ]
    body = b"\n".join(parts) + b"\n" + b"".join(_numbers(model))
    packed = zlib.compress(body, 6)
    return b" ".join((MAGIC, VERSION)) + b"\n" + hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed


def load(data: bytes) -> Model:
    """The model in these bytes. Raises: NoModel: foreign, of a newer version, or damaged."""
    first, _, rest = data.partition(b"\n")
    magic, _, version = first.partition(b" ")
    if magic != MAGIC:
        raise NoModel("it does not begin as one")
    if version != VERSION:
        raise NoModel(f"it is of version {version[:8].decode('ascii', 'replace')}, this Jiesu reads {VERSION.decode()}")
    checksum, _, packed = rest.partition(b"\n")
    if checksum != hashlib.sha256(packed).hexdigest().encode():
        raise NoModel("it is damaged or not whole")
    try:
        return _unpack(zlib.decompressobj().decompress(packed, LARGEST))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, EOFError, RecursionError) as error:
        raise NoModel("what is in it cannot be read") from error


def _numbers(model: Model) -> Iterator[bytes]:
    for block in model.blocks:
        yield block.words
        yield _bytes(array("H", (round(rarity / RARITY_STEP) for rarity in block.rarity)))
        for column in block.weights:
            yield _bytes(column)


def _unpack(body: bytes) -> Model:
    head, names, numbers = body.split(b"\n", 2)
    header: dict[str, Any] = json.loads(head)
    labels = tuple(header["labels"])
    left = memoryview(numbers)
    blocks = []
    for told, known in zip(header["blocks"], json.loads(names), strict=True):
        count = 2 * len(known)
        if told["kind"] not in KINDS or len(left) < len(known) + count * (1 + len(labels)):
            raise ValueError(told["kind"])
        words, left = bytes(left[: len(known)]), left[len(known) :]
        rarity = array("f", (number * RARITY_STEP for number in _array("H", left[:count])))
        columns = tuple(_array("h", left[count * (1 + at) : count * (2 + at)]) for at in range(len(labels)))
        index = dict(zip(known, range(len(known)), strict=True))
        blocks.append(Block(told["kind"], index, words, rarity, columns, told["step"]))
        left = left[count * (1 + len(labels)) :]
    bias, calibration = tuple(header["bias"]), Calibration(**header["calibration"])
    if len(left) or not labels or len(bias) != len(labels):
        raise ValueError("labels")
    return Model(labels, tuple(blocks), bias, calibration, header["history"])


def _array(kind: str, data: memoryview) -> array[Any]:
    numbers: array[Any] = array(kind)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(numbers: array[Any]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
