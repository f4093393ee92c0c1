"""A form as it was typed, and what is wrong with it: nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from flask import request

from backend.team.faults import Invalid, Stale
from backend.web.admin import words

SECRETS = frozenset({"password", "again", "code"})
"""Fields that are never sent back."""

MADE_FROM = "made_from"


@dataclass
class Form:
    """``values`` and ``errors`` by the fields' names; the error ``""`` is about the whole."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    @property
    def wrong(self) -> bool:
        return bool(self.errors)


def typed() -> dict[str, str]:
    """What was posted, a value for each name."""
    return {name: value for name, value in request.form.items() if name not in SECRETS}


def of(held: Mapping[str, str]) -> Form:
    """The form of something that is there. It carries what it was made from, so that two admins
    cannot undo each other's changes without a word."""
    return Form({**held, MADE_FROM: msgspec.json.encode(held).decode()})


def made_from() -> dict[str, str] | None:
    """What the posted form was made from; None where it does not say."""
    given = request.form.get(MADE_FROM)
    if given is None:
        return None
    try:
        return msgspec.json.decode(given, type=dict[str, str])
    except (msgspec.DecodeError, UnicodeEncodeError):
        return {}


def again(error: Invalid, values: Mapping[str, str] | None = None) -> Form:
    """The posted form once more, with what is wrong; ``values`` are what was posted. What somebody
    else changed meanwhile is shown as it is now, unless it was changed here too."""
    values = typed() if values is None else values
    if not isinstance(error, Stale):
        return Form(values, error.errors)
    before = made_from() or {}
    untouched = {
        name: now
        for name, now in error.held.items()
        if name in before and values.get(name, "").replace("\r\n", "\n") == before[name]
    }
    names = ", ".join(words.LABELS.get(name, words.plain(name)) for name in error.errors)
    text = (
        f"Somebody changed this meanwhile: {names}. What you changed is still here, the rest is"
        " shown as it is now. Look at it and save again."
    )
    form = of(error.held)
    return Form(
        {**values, **untouched, MADE_FROM: form.value(MADE_FROM)}, {"": text, **error.errors}
    )
