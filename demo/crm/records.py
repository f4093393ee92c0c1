"""What the CRM knows: people.json, read and (in memory only) edited."""

import json
from pathlib import Path
from typing import Any

KINDS = ("contacts", "leads", "accounts", "opportunities", "tasks")
EDITABLE = ("title", "email")
MAX_TEXT = 200

Record = dict[str, Any]
Records = dict[str, list[Record]]


class Refused(ValueError):
    """An edit that was not made; its text is for the person who tried."""


def load() -> Records:
    """A fresh copy of people.json: {kind: [record]}, ids unique within their kind only.

    Contacts and leads have ``phones`` [{label, number, line_type}], labels in the CRM's words;
    ``line_type`` is what a lookup of the number would say, and the CRM never shows it.
    """
    records: Records = json.loads(Path(__file__).with_name("people.json").read_text("utf-8"))
    return records


def find(records: Records, kind: str, id: int) -> Record | None:
    return next((r for r in records.get(kind, []) if r["id"] == id), None)


def edit(record: Record, changes: object) -> None:
    """Set ``title``, ``email`` and ``phones`` (numbers, in the record's own order), or Refused."""
    if not isinstance(changes, dict) or not changes.keys() <= {*EDITABLE, "phones"}:
        raise Refused("Only the title, the email and the phone numbers can be edited.")
    numbers = changes.get("phones", [phone["number"] for phone in record["phones"]])
    if not isinstance(numbers, list) or len(numbers) != len(record["phones"]):
        raise Refused("Each phone field needs its number.")
    texts = {name: changes[name] for name in EDITABLE if name in changes}
    for text in (*texts.values(), *numbers):
        if not isinstance(text, str) or len(text) > MAX_TEXT:
            raise Refused(f"A field holds {MAX_TEXT} characters at most.")
    record.update(texts)
    for phone, number in zip(record["phones"], numbers, strict=True):
        phone["number"] = number
