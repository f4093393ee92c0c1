"""A team's settings, read as an admin's form reads them, in JSON's own types."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.store import settings as store
from backend.store.writer import Transaction
from backend.team import settings as rules
from backend.web.api.routes import Call, for_admins
from shared import wire

# The rules say which numbers may stand, for all fields at once.
Whole = Annotated[int, Meta(ge=-(2**53), le=2**53)]
TimeOfDay = Annotated[str, Meta(max_length=20)]
Zone = Annotated[str, Meta(max_length=64)]


class SettingValues(Struct, kw_only=True):
    """Times of day as ``09:00``, the recipient's; money in millionths of a US dollar. null: no
    budget, or kept for good."""

    messenger_enabled: bool | UnsetType = UNSET
    crm_required: bool | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    hours_from: TimeOfDay | UnsetType = UNSET
    hours_until: TimeOfDay | UnsetType = UNSET
    sunday_from: TimeOfDay | UnsetType = UNSET
    sunday_until: TimeOfDay | UnsetType = UNSET
    landlines: Literal["warn", "refuse"] | UnsetType = UNSET
    user_daily_cap: Whole | UnsetType = UNSET
    team_daily_cap: Whole | UnsetType = UNSET
    monthly_budget: Whole | UnsetType | None = UNSET
    segment_price: Whole | UnsetType = UNSET
    media_price: Whole | UnsetType = UNSET
    retention_days: Whole | UnsetType | None = UNSET


class SettingsChange(SettingValues, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is. ``erase``: yes, a shorter retention may erase texts.
    ``made_from``: as they were read; refused (409) where somebody changed one of them meanwhile."""

    erase: bool = False
    made_from: SettingValues | None = None


class TeamSettings(SettingValues, kw_only=True):
    """``paused_at``: since when sending is paused, null while it is not; ``paused_cause``: why."""

    paused_at: wire.Time | None
    paused_cause: str


@for_admins("GET", "/settings", answers={200: TeamSettings})
def get_settings(call: Call) -> TeamSettings:
    """The team's settings."""
    return _shown(store.of_team(call.identity.team))


@for_admins(
    "PATCH",
    "/settings",
    body=SettingsChange,
    answers={200: TeamSettings},
    problems=(409,),
)
def change_settings(call: Call, body: SettingsChange) -> TeamSettings:
    """Change some of the settings, all of them or none."""
    actor = call.actor

    def work(tx: Transaction) -> store.Settings:
        before = None
        if body.made_from is not None:
            before = rules.typed(store.of_team(actor.team)) | _typed(body.made_from)
        rules.change(tx, actor, _typed(body), body.erase, before)
        return store.of_team(actor.team)

    return _shown(call.services.writer(work))


@for_admins("POST", "/settings/resume", answers={200: TeamSettings})
def resume_sending(call: Call) -> TeamSettings:
    """Let the team send again after it was paused because carriers filtered its texts."""
    actor = call.actor
    call.services.writer(lambda tx: rules.resume(tx, actor))
    return _shown(store.of_team(actor.team))


def _typed(values: SettingValues) -> dict[str, str]:
    """Those that are given, as the rules read them."""
    given = {name: getattr(values, name) for name in rules.NAMES}
    return {
        name: value if isinstance(value, str) else rules.shown(name, value)
        for name, value in given.items()
        if value is not UNSET
    }


def _shown(held: store.Settings) -> TeamSettings:
    values: dict[str, Any] = {name: getattr(held, name) for name in rules.NAMES}
    for name in (each for pair in rules.HOURS for each in pair):
        values[name] = rules.shown(name, values[name])
    return TeamSettings(**values, paused_at=held.paused_at, paused_cause=held.paused_cause)
