"""HubSpot: contacts, communications and notes."""

from collections.abc import Iterable, Sequence

from backend.crm.hubspot import activities, choices, records, sign_in
from backend.crm_port import (
    Access,
    CrmApp,
    CrmUser,
    Entry,
    FieldChoice,
    Fields,
    Grant,
    Outcome,
    PersonType,
    Record,
)


class HubSpot:
    """As :class:`backend.crm_port.Crm` says."""

    name = "hubspot"
    at_once = activities.AT_ONCE

    def __init__(self, app: CrmApp) -> None:
        self._app = app

    def checked_address(self, typed: str) -> str:
        return sign_in.checked_address(self._app, typed)

    def authorize_url(self, address: str, redirect: str, state: str, challenge: str) -> str:
        return sign_in.authorize_url(self._app, address, redirect, state, challenge)

    def exchange(self, address: str, redirect: str, code: str, verifier: str) -> Grant:
        return sign_in.exchange(self._app, redirect, code, verifier)

    def refresh(self, base_url: str, refresh_token: str) -> Grant:
        return sign_in.refresh(self._app, refresh_token)

    def revoke(self, base_url: str, refresh_token: str) -> None:
        sign_in.revoke(self._app, refresh_token)

    def prepare(self, access: Access) -> list[FieldChoice]:
        return choices.prepare(access)

    def users(self, access: Access) -> Iterable[CrmUser]:
        return records.users(access)

    def read(self, access: Access, fields: Fields, type: PersonType, id: str) -> Record | None:
        return records.read(access, fields, type, id)

    def log(self, access: Access, fields: Fields, entries: Sequence[Entry]) -> list[Outcome]:
        return activities.log(access, fields, entries)

    def remove(self, access: Access, external_id: str) -> None:
        activities.remove(access, external_id)

    def set_do_not_text(
        self, access: Access, fields: Fields, type: PersonType, id: str, on: bool
    ) -> None:
        records.set_do_not_text(access, fields, type, id, on)

    def do_not_text(
        self, access: Access, fields: Fields, refs: Sequence[tuple[PersonType, str]]
    ) -> dict[tuple[PersonType, str], bool]:
        return records.do_not_text(access, fields, refs)
