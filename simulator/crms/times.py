"""Times on the wire, and those that still count."""

from datetime import UTC, datetime, timedelta


def moment(text: str) -> datetime | None:
    """A time in ISO 8601, in UTC where it names no zone; None for anything else."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def within(times: list[datetime], now: datetime, span: timedelta) -> list[datetime]:
    """Those of the last ``span``. The clock may have been set back: later ones do not count."""
    return [at for at in times if now - span < at <= now]
