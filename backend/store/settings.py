"""A team's settings: what its admins decide."""

from typing import Any

from msgspec import Struct, convert

from backend.store.rows import one_row
from backend.store.writer import Transaction
from shared.wire import Prices


class Settings(Struct, kw_only=True, frozen=True):
    """The columns of ``team`` of the same names, with their units there."""

    messenger_enabled: bool
    time_zone: str
    hours_from: int
    hours_until: int
    sunday_from: int
    sunday_until: int
    landlines: str
    crm_required: bool
    user_daily_cap: int
    team_daily_cap: int
    monthly_budget: int | None
    segment_price: int
    media_price: int
    retention_days: int | None
    messenger_seats: int | None
    dialer_seats: int | None
    paused_at: int | None
    paused_cause: str

    @property
    def prices(self) -> Prices:
        return Prices(segment=self.segment_price, media=self.media_price)


_COLUMNS = ", ".join(Settings.__struct_fields__)


class NoSuchTeam(LookupError):
    """There is no team with this id."""


def of_team(team: int) -> Settings:
    """Raises :class:`NoSuchTeam`."""
    row = one_row(f"SELECT {_COLUMNS} FROM team WHERE id = ?", (team,))
    if row is None:
        raise NoSuchTeam(team)
    values = dict(zip(Settings.__struct_fields__, row, strict=True))
    return convert(values, Settings, strict=False)


def change(tx: Transaction, team: int, **values: Any) -> None:
    """Set some of the settings; the caller has checked them."""
    unknown = set(values) - set(Settings.__struct_fields__)
    if unknown:
        raise ValueError(f"no settings: {', '.join(sorted(unknown))}")
    names = ", ".join(f"{name} = ?" for name in values)
    tx.execute(f"UPDATE team SET {names} WHERE id = ?", (*values.values(), team))
