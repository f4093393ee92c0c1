"""What an org's own fields are for, by what admins tend to call them."""

import re

_TEXTS = re.compile(r"(sms|text)", re.IGNORECASE)
_EXTENSION = re.compile(r"(^|_)ext(ension)?(_|$)")
_OUT = re.compile(r"(opt|stop|do.?not|dnt)", re.IGNORECASE)


def says_do_not_text(words: str) -> bool:
    """Whether a field of this name and label surely says that somebody may not be texted."""
    return bool(_TEXTS.search(words) and _OUT.search(words))


def says_extension(name: str) -> bool:
    """Whether a field of this name (in lower case) holds what is dialed after a number."""
    return bool(_EXTENSION.search(name))


def without(left_out: list[str]) -> str:
    """What had to be left out of an activity, as its receipt reads on: ``without Type: …``."""
    return f"without {' and '.join(left_out)}: the org rejects it" if left_out else ""
