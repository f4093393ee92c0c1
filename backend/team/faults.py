"""Why a change that an admin wants cannot be made."""

from collections.abc import Mapping


class Invalid(ValueError):
    """What was entered cannot stand: ``errors`` says for each field what to do about it; the field
    ``""`` is the whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class Refused(Invalid):
    """Well entered, but a rule stands against it."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__({field: text})


class NotThere(LookupError):
    """The team has nothing of this kind with this id."""
