"""What texts cost: counted when they are handed over, put right when the carrier has billed."""

from backend.store import bills, settings, usage
from backend.store.rows import now
from backend.store.writer import Transaction


def handed_over(tx: Transaction, team: int, message: int) -> None:
    """Count the text in the transaction of its claim, with what it is expected to cost."""
    bill = bills.get(team, message)
    if bill is None or bill.counted_at is not None:
        return
    at = now()
    cost = usage.sent(tx, team, bill.author, segments=bill.segments, media=bill.media, at=at)
    bills.set_counted(tx, team, message, at, cost)


def taken_back(tx: Transaction, team: int, message: int) -> None:
    """The carrier certainly has not taken it: it counts no more."""
    bill = bills.get(team, message)
    if bill is None or bill.counted_at is None:
        return
    usage.not_sent(
        tx,
        team,
        bill.author,
        segments=bill.segments,
        media=bill.media,
        cost=bill.counted_cost,
        at=bill.counted_at,
    )
    bills.set_counted(tx, team, message, None)


def billed(
    tx: Transaction, team: int, message: int, segments: int | None, price: int | None
) -> bool:
    """The carrier says how many segments it made and, later, what it charges (millionths of a US
    dollar); without a price it costs what it was expected to, but for other segments. True when
    that is news worth telling."""
    bill = bills.get(team, message)
    if bill is None or not (segments or price is not None):
        return False
    made = segments or bill.segments
    if price is not None:
        cost = price
    elif bill.cost is not None and made == bill.segments:
        cost = bill.cost  # it may be the carrier's own
    else:
        prices = settings.of_team(team).prices
        expected = bill.segments * prices.segment + bill.media * prices.media
        counted = expected if bill.counted_at is None else bill.counted_cost
        cost = counted + (made - bill.segments) * prices.segment
    if (made, cost) == (bill.segments, bill.cost):
        return False
    if bill.counted_at is not None:
        usage.billed(
            tx,
            team,
            bill.author,
            segments=made - bill.segments,
            cost=cost - bill.counted_cost,
            at=bill.counted_at,
        )
    bills.set_billed(tx, team, message, made, cost)
    # As expected and at the list's price: the next status brings it along.
    return made != bill.segments or bill.cost is not None


def ended(tx: Transaction, team: int, message: int, status: str, code: int | None) -> None:
    """The text has come to its final status: once, since a final status never changes."""
    bill = bills.get(team, message)
    if bill is not None and bill.counted_at is not None:
        usage.outcome(tx, team, bill.author, status, code, bill.counted_at)
