"""How many messages a text is, as Twilio counts and bills them."""

_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


def units(text: str) -> tuple[str, int]:
    """(``GSM-7`` or ``UCS-2``, length in its units). An astral emoji is two units of UCS-2."""
    if all(c in _PLAIN or c in _EXTENDED for c in text):
        return "GSM-7", sum(2 if c in _EXTENDED else 1 for c in text)
    return "UCS-2", len(text.encode("utf-16-le", "surrogatepass")) // 2


def count(text: str) -> int:
    """1 for an empty text. A part carries fewer units than a whole message: each has a header."""
    encoding, length = units(text)
    single, part = (160, 153) if encoding == "GSM-7" else (70, 67)
    if length <= single:
        return 1
    # A pair (escape and character, or two surrogates) is never torn between two parts.
    parts, room = 1, part
    for c in text:
        width = (2 if c in _EXTENDED else 1) if encoding == "GSM-7" else 1 + (ord(c) > 0xFFFF)
        if width > room:
            parts, room = parts + 1, part
        room -= width
    return parts
