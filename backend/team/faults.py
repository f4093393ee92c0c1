"""Why a change that an admin wants cannot be made."""

from collections.abc import Iterable, Mapping


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


class Stale(Invalid):
    """Somebody changed meanwhile what a form was made from; ``held`` is what stands there now, as
    it is typed."""

    def __init__(self, changed: Iterable[str], held: Mapping[str, str]) -> None:
        super().__init__(
            {
                name: f"Somebody changed this meanwhile to: {held[name] or 'nothing'}."
                for name in changed
            }
        )
        self.held = dict(held)


def still(made_from: Mapping[str, str] | None, held: Mapping[str, str]) -> None:
    """Raise :class:`Stale` unless ``held`` is what the form was ``made_from``; None asks nothing,
    for what is no form."""
    if made_from is None:
        return
    changed = [name for name, value in held.items() if made_from.get(name) != value]
    if changed:
        raise Stale(changed, held)


class NotThere(LookupError):
    """The team has nothing of this kind with this id."""
