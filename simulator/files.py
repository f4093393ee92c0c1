"""What a simulator remembers, as a JSON file that is whole whatever ends the process."""

import os
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Kept = TypeVar("Kept")


def load(path: Path, shape: type[Kept]) -> Kept | None:
    """What the file holds; None when there is none. ValueError when it is something else."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.MsgspecError as error:
        raise ValueError(f"{path} is not a simulator's state: {error}") from error


def packed(books: Any) -> bytes:
    return msgspec.json.encode(books)


def save(path: Path, raw: bytes) -> None:
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
