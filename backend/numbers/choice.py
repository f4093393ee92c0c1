"""Which number is texted from, and which of a person's numbers is texted."""

from backend.licensing import no_number
from backend.messaging.outbound import GateRefused
from backend.phone import PhoneError, parse
from backend.store import numbers
from shared.wire import Blocked, PersonOnPage


def check(team: int, user: int, wanted: int | None) -> None:
    """Raise :class:`GateRefused` unless the user can text, and from ``wanted`` where it is given.
    Numbers that cannot send, or that the carrier has back, are nobody's to choose."""
    own = numbers.of_user(team, user)
    if not own:
        raise GateRefused(no_number())
    if wanted is not None and wanted not in {each.id for each in own}:
        text = "You can't text from this number. Choose another one, or ask your admin for it."
        raise GateRefused(Blocked(reason="no_number", text=text))


def number_for(team: int, user: int, person: int, wanted: int | None) -> int:
    """The number to text this person from: the chosen one, else the one used with them last, so
    that they keep seeing the same sender, else the user's first. Call after :func:`check`."""
    if wanted is not None:
        return wanted
    last = numbers.last_with(team, user, person)
    return numbers.of_user(team, user)[0].id if last is None else last


def numbers_on(page: PersonOnPage, mobile: str) -> list[tuple[str, str]]:
    """The numbers that the page shows, (E.164, label), the texted one among them; none where it
    shows only that. What is no telephone number is left out: pages hold all kinds of things."""
    found: dict[str, str] = {}
    for each in page.numbers:
        try:
            e164 = parse(each.number).e164
        except PhoneError:
            continue
        found[e164] = found.get(e164) or " ".join(each.label.split())
    if not set(found) - {mobile}:
        return []
    return [*found.items()] if mobile in found else [(mobile, ""), *found.items()]
