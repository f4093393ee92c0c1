"""What can be a name, and whether a text shows anything at all."""

import unicodedata

# Characters that take up room or carry others, and show nothing by themselves: blanks, controls,
# format characters such as U+200B, marks without a letter. What Python's Unicode does not know yet
# may be a new emoji.
_SHOWS_NOTHING = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
# Letters by their category, and blank on every screen: Hangul fillers and the empty Braille cell.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Embeddings, overrides and isolates, UAX 9: they make a name read as another one.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of it."""
    return all(each in _FILLERS or unicodedata.category(each) in _SHOWS_NOTHING for each in text)


def has_controls(text: str, allowed: str = "") -> bool:
    """Whether there are NUL, control characters or halves of characters in it."""
    return any(unicodedata.category(each) in ("Cc", "Cs") and each not in allowed for each in text)


def fault(name: str, longest: int) -> str:
    """Why this cannot be a name, in a sentence; empty when it can."""
    if len(name) > longest or is_blank(name):
        return f"A name has 1 to {longest} characters, and one of them can be seen."
    if has_controls(name) or not _TURNING.isdisjoint(name):
        return "There are characters in this name that cannot be seen: type it instead of pasting."
    return ""
