"""Whether a person has asked us not to text them, or somebody has said so for them, in words for
the rep."""

from collections.abc import Mapping

from backend.store.circumstances import Bar
from shared.wire import Blocked, Suspicion


def blocked(bars: Mapping[str, Bar]) -> Blocked | None:
    """Why the mobile with these bars may not be texted, or None. ``since`` says since when."""
    for kind, words in _WORDS.items():
        if bar := bars.get(kind):
            return Blocked(reason=kind, text=words(bar), since=bar.at)
    return None


def suspicion(bars: Mapping[str, Bar]) -> Suspicion | None:
    """The text that read like a wish to stop, while nobody has said what it meant."""
    bar = bars.get("suspected")
    if bar is None or bar.message is None:
        return None
    return Suspicion(message=bar.message, phrase=bar.note, at=bar.at)


def _opted_out(_bar: Bar) -> str:
    return "Opted out. You can text again when they reply START."


def _do_not_text(bar: Bar) -> str:
    return f"Do not text: {_by(bar)}. {_whom_to_ask(bar)}"


def _do_not_contact(bar: Bar) -> str:
    return f"Do not contact: {_by(bar)}. {_whom_to_ask(bar)}"


def _suspected(bar: Bar) -> str:
    said = f" (“{bar.note}”)" if bar.note else ""
    return f"They may have asked you to stop{said}. Say what they meant before you text again."


_WORDS = {
    "opted_out": _opted_out,
    "do_not_text": _do_not_text,
    "do_not_contact": _do_not_contact,
    "suspected": _suspected,
}


def _by(bar: Bar) -> str:
    if bar.who:
        return f"set by {bar.who}"
    return {"crm": "set in the CRM", "import": "from an imported list"}.get(bar.cause, "set")


def _whom_to_ask(bar: Bar) -> str:
    return f"{bar.who} or an admin can end it." if bar.who else "Ask your admin."
