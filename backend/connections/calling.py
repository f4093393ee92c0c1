"""Calls to a team's CRM: with a token that is good, refreshed once where it is not."""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

import structlog

from backend.connections.sealing import Seal, Unsealable
from backend.crm_port import Access, Crm, Expired, Grant, SignInNeeded
from backend.store import crm_connections
from backend.store.crm_connections import Connection
from backend.store.rows import now
from backend.store.writer import Writer

T = TypeVar("T")
SOON_MS = 60_000
"""A token that ends so soon is refreshed before it is used."""
log = structlog.get_logger()


class Calling:
    """``calling(connection, lambda crm, access: crm.users(access))``; raises
    :class:`backend.crm_port.CrmError`. A sign-in that is no good any more is noted as such."""

    def __init__(self, writer: Writer, crms: Mapping[str, Crm], seal: Seal) -> None:
        self._writer = writer
        self._crms = crms
        self._seal = seal
        self._refreshing: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, connection: Connection, do: Callable[[Crm, Access], T]) -> T:
        crm = self._crms.get(connection.crm)
        if crm is None:
            raise SignInNeeded("Repline's app at this CRM is not configured any more.")
        held = crm_connections.by_id(connection.id) or connection
        try:
            if held.expires_at and held.expires_at - now() < SOON_MS:
                held = self._refreshed(crm, held)
            try:
                return do(crm, self._access(held))
            except Expired:
                # Once: what is refused again with a new token is refused for another reason.
                held = self._refreshed(crm, held)
                return do(crm, self._access(held))
        except Expired as error:
            self._broken(held, str(error))
            raise SignInNeeded(str(error)) from None
        except SignInNeeded as error:
            self._broken(held, str(error))
            raise

    def _refreshed(self, crm: Crm, used: Connection) -> Connection:
        with self._refreshing[used.id]:
            held = crm_connections.by_id(used.id)
            if held is None or held.state != "connected":
                raise SignInNeeded("The CRM is not connected any more.")
            if held.access != used.access:
                return held  # somebody else was first
            token = self._open(held.refresh)
            try:
                grant = crm.refresh(held.base_url, token)
            except SignInNeeded:
                other = crm_connections.by_id(used.id)
                if other is not None and other.access != held.access:
                    return other  # another process was first, and this token was used up by it
                raise
            return self._keep(held, grant, token)

    def _keep(self, held: Connection, grant: Grant, former: str) -> Connection:
        access = self._seal.close(grant.access_token)
        refresh = self._seal.close(grant.refresh_token or former)
        self._writer(
            lambda tx: crm_connections.set_tokens(tx, held, access, refresh, grant.expires_at)
        )
        return crm_connections.by_id(held.id) or held

    def _access(self, held: Connection) -> Access:
        return Access(held.base_url, self._open(held.access), held.org)

    def _open(self, sealed: str) -> str:
        try:
            return self._seal.open(sealed)
        except Unsealable:
            raise SignInNeeded("The sign-in cannot be read any more: connect again.") from None

    def _broken(self, used: Connection, cause: str) -> None:
        """It is that sign-in which is no good, and not one that an admin has made meanwhile."""
        if self._writer(lambda tx: crm_connections.set_broken(tx, used, cause)):
            log.warning("crm.broken", crm=used.crm, team=used.team, cause=cause)
