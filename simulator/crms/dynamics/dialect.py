"""What is different from CRM to CRM, as Dynamics 365 has it."""

from datetime import datetime

from flask import Blueprint, Response

from simulator.crms.crm import Crm, Door, People, crm
from simulator.crms.dynamics import entra, errors, limits, page, rows, seeding
from simulator.crms.dynamics.api import blueprint as web_api
from simulator.crms.dynamics.api import definitions, tables
from simulator.crms.store import Fields, Grant

for module in (definitions, tables):
    web_api.register_blueprint(module.blueprint)


class Dynamics:
    """Settings that Dynamics heeds: ``burst``, the requests in five minutes.

    Switches: ``missing:prvCreateActivity`` takes a privilege away, ``aadsts:700082`` ends refresh
    tokens in those words, ``limit:time`` and ``limit:concurrent`` choose what a ``limit`` fault is
    about.
    """

    name = "dynamics"
    title = "Dynamics 365"
    api: tuple[str, ...] = ("/api/data/",)
    activities: tuple[str, ...] = ("phonecall", "annotation")
    blueprints: tuple[Blueprint, ...] = (web_api, entra.blueprint, page.blueprint)
    door = Door(
        authorize=f"/{entra.NAMES}/oauth2/v2.0/authorize",
        token=f"/{entra.NAMES}/oauth2/v2.0/token",
        revoke="",
        user="systemuser",
        scopes=("user_impersonation", ".default", "openid", "profile", "offline_access"),
        access_seconds=3600,
        rotates=True,
        holds=entra.holds,
    )

    def canonical(self, object: str, id: str) -> str:
        return rows.guid(id) or id

    def own_fields(self, object: str, id: str, at: datetime, created: bool) -> Fields:
        return rows.own_fields(object, id, at, created)

    def seed(self, crm: Crm, people: People) -> None:
        seeding.seed(crm, people)

    def expired(self) -> Response:
        return errors.unauthorized(crm().url, entra.TENANT, "The token is expired")

    def limit(self) -> Response:
        kinds = [kind for kind in errors.LIMITS if f"limit:{kind}" in crm().switches]
        return errors.limited(next(iter(kinds), "requests"), 12, limits.most(crm()))

    def failed(self) -> Response:
        message = "An unexpected error occurred."
        return errors.refusal(errors.DataverseError(500, "0x80040216", message))

    def no_sign_in(self, reason: str) -> Response:
        return entra.no_sign_in(reason)

    def signed_in(self, url: str, grant: Grant, access_token: str, seconds: float) -> Fields:
        return entra.signed_in(url, grant, access_token, seconds)
