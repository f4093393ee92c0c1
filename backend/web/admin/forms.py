"""A form as it was typed, and what is wrong with it: nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from backend.team.faults import Invalid

SECRETS = frozenset({"password", "again", "code"})
"""Fields that are never sent back."""


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


def again(error: Invalid) -> Form:
    """The posted form once more, with what is wrong."""
    return Form(typed(), error.errors)
