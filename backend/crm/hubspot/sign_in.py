"""Signing in to HubSpot: OAuth 2 at the dated paths, the newest ones.

The library calls ``/oauth/v1``, which ends on 16 February 2027, so these few calls are our own.
https://developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/refresh-oauth-token
"""

import time
from typing import Any

from backend.crm import web
from backend.crm.oauth import SignIn
from backend.crm_port import Busy, CrmApp, CrmError, Grant, Misconfigured, SignInNeeded

SIGN_IN, API = "https://app.hubspot.com", "https://api.hubapi.com"
TOKEN = "/oauth/2026-03/token"  # noqa: S105 (a path)
SCOPES = (
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.deals.read",
    # An activity that changes its deal is a write of both.
    "crm.objects.deals.write",
    "crm.objects.owners.read",
    # The property that keeps our key.
    "crm.schemas.contacts.write",
)
_OURS = {"invalid_client", "unsupported_grant_type", "invalid_client_id", "redirect_uri_mismatch"}
_OUR_STATUS = {"BAD_CLIENT_ID", "BAD_CLIENT_SECRET", "BAD_GRANT_TYPE", "BAD_REDIRECT_URI"}
BUSY_MS = 10_000


class HubSpotSignIn(SignIn):
    """Every account signs in, and is asked, at the same address."""

    def checked_address(self, typed: str) -> str:
        if typed and not self._app.base_url:
            raise ValueError("HubSpot needs no address: leave this empty.")
        return self._app.base_url or SIGN_IN

    def authorize_url(self, address: str, redirect: str, state: str, challenge: str) -> str:
        page = f"{address}/oauth/authorize"
        return self._asking(page, redirect, state, challenge, " ".join(SCOPES))

    def exchange(self, address: str, redirect: str, code: str, verifier: str) -> Grant:
        answer = _post(
            self._app,
            TOKEN,
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect,
            code_verifier=verifier,
        )
        return _grant(self._app, answer, _email(self._app, answer))

    def refresh(self, base_url: str, refresh_token: str) -> Grant:
        asked = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return _grant(self._app, _post(self._app, TOKEN, **asked))

    def revoke(self, base_url: str, refresh_token: str) -> None:
        """A token that HubSpot does not know any more is as good as revoked."""
        try:
            _post(self._app, f"{TOKEN}/revoke", token=refresh_token)
        except SignInNeeded:
            return


def _post(app: CrmApp, path: str, **asked: str) -> dict[str, Any]:
    sent = {**asked, "client_id": app.client_id, "client_secret": app.client_secret}
    try:
        with web.Session() as session:
            response = session.post(f"{app.base_url or API}{path}", data=sent)
        if response.ok and not response.content:
            return {}
        answer = response.json()
    except web.NO_ANSWER as error:
        raise web.unreachable("HubSpot", error) from None
    if response.status_code >= 500 or response.is_redirect or not isinstance(answer, dict):
        raise web.unreachable("HubSpot", f"HTTP {response.status_code}")
    if not response.ok:
        raise _refused(response.status_code, answer)
    return answer


def _refused(status: int, answer: dict[str, Any]) -> CrmError:
    if status == 429:
        return Busy("HubSpot takes no more calls for a moment: it goes on by itself.", BUSY_MS)
    said = web.text(answer.get("error_description") or answer.get("message"), 120)
    if answer.get("error") in _OURS or answer.get("status") in _OUR_STATUS:
        return Misconfigured(f"HubSpot does not know Repline's app as it is set up: {said}.")
    return SignInNeeded(f"HubSpot does not accept the sign-in ({said}): connect it again.")


def _grant(app: CrmApp, answer: dict[str, Any], email: str = "") -> Grant:
    token, refresh_token = answer.get("access_token"), answer.get("refresh_token")
    seconds, org, scopes = answer.get("expires_in"), answer.get("hub_id"), answer.get("scopes")
    if not isinstance(token, str) or not isinstance(refresh_token, str):
        raise web.unreachable("HubSpot", "an answer without its tokens")
    if not isinstance(seconds, int) or not isinstance(org, int):
        raise web.unreachable("HubSpot", "an answer without its account")
    return Grant(
        access_token=token,
        refresh_token=refresh_token,
        expires_at=int((time.time() + seconds) * 1000),
        base_url=app.base_url or API,
        org=str(org),
        org_name=f"HubSpot account {org}",
        scopes=" ".join(map(str, scopes))[:1000] if isinstance(scopes, list) else "",
        email=email,
    )


def _email(app: CrmApp, answer: dict[str, Any]) -> str:
    """Who signed in; empty where it is not told: nothing depends on it."""
    try:
        token = str(answer.get("access_token", ""))
        told = _post(app, f"{TOKEN}/introspect", token=token)
    except CrmError:
        return ""
    return web.text(told.get("user"), 254)
