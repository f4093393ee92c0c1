"""Signing in to Salesforce: the web server flow with PKCE.

https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm
"""

from typing import Any
from urllib.parse import urlsplit

from backend.crm import web
from backend.crm.oauth import SignIn
from backend.crm_port import CrmApp, CrmError, Grant, Misconfigured, SignInNeeded

LOGIN = "https://login.salesforce.com"
HOSTS = (".salesforce.com", ".salesforce.mil", ".sfcrmproducts.cn")
"""Suffixes: only what ends so is Salesforce."""
SCOPES = "api refresh_token id"
_OURS = {"invalid_client_id", "invalid_client", "redirect_uri_mismatch", "unsupported_grant_type"}


class SalesforceSignIn(SignIn):
    def checked_address(self, typed: str) -> str:
        """Where to sign in: production without one, a sandbox, or a My Domain."""
        if self._app.base_url:
            return self._app.base_url
        if not typed:
            return LOGIN
        parts = urlsplit(typed if "//" in typed else f"https://{typed}")
        host = (parts.hostname or "").lower()
        if parts.scheme != "https" or not host.endswith(HOSTS) or parts.port not in (None, 443):
            raise ValueError(
                "This is no address of Salesforce's: it looks like https://acme.my.salesforce.com,"
                " or https://test.salesforce.com for a sandbox."
            )
        return f"https://{host}"

    def authorize_url(self, address: str, redirect: str, state: str, challenge: str) -> str:
        page = f"{address}/services/oauth2/authorize"
        return self._asking(page, redirect, state, challenge, SCOPES)

    def exchange(self, address: str, redirect: str, code: str, verifier: str) -> Grant:
        answer = _token(
            self._app,
            address,
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect,
            code_verifier=verifier,
        )
        grant = _grant(self._app, answer)
        if not grant.refresh_token:
            raise Misconfigured(
                "Salesforce gave no lasting sign-in: allow the scope refresh_token in the app."
            )
        return grant

    def refresh(self, base_url: str, refresh_token: str) -> Grant:
        asked = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return _grant(self._app, _token(self._app, base_url, **asked))

    def revoke(self, base_url: str, refresh_token: str) -> None:
        try:
            with web.Session() as session:
                session.post(f"{base_url}/services/oauth2/revoke", data={"token": refresh_token})
        except web.NO_ANSWER as error:
            raise web.unreachable("Salesforce", error) from None


def _token(app: CrmApp, base: str, **asked: str) -> dict[str, Any]:
    sent = {**asked, "client_id": app.client_id, "client_secret": app.client_secret}
    try:
        with web.Session() as session:
            response = session.post(f"{base}/services/oauth2/token", data=sent)
            answer = response.json()
    except web.NO_ANSWER as error:
        raise web.unreachable("Salesforce", error) from None
    if response.status_code >= 500 or not isinstance(answer, dict):
        raise web.unreachable("Salesforce", f"HTTP {response.status_code}")
    if response.status_code != 200:
        raise _refused(answer)
    return answer


def _refused(answer: dict[str, Any]) -> CrmError:
    said = web.text(answer.get("error_description") or answer.get("error"), 120)
    if answer.get("error") in _OURS:
        return Misconfigured(f"Salesforce does not know Repline's app as it is set up: {said}.")
    return SignInNeeded(f"Salesforce does not accept the sign-in ({said}): connect it again.")


def _grant(app: CrmApp, answer: dict[str, Any]) -> Grant:
    token, base = answer.get("access_token"), str(answer.get("instance_url", "")).rstrip("/")
    if not isinstance(token, str) or not _ours(app, base):
        raise web.unreachable("Salesforce", "an answer without a token")
    refresh_token = answer.get("refresh_token")
    identity = str(answer.get("id", "")).rstrip("/").split("/")
    return Grant(
        access_token=token,
        refresh_token=refresh_token if isinstance(refresh_token, str) else "",
        expires_at=0,  # Salesforce does not say
        base_url=base,
        org=identity[-2][:18] if len(identity) > 1 else "",
        org_name=(urlsplit(base).hostname or "").split(".")[0],
        scopes=web.text(answer.get("scope"), 1000),
        email=_email(base, token),
    )


def _ours(app: CrmApp, base: str) -> bool:
    parts = urlsplit(base)
    if app.base_url:
        return base == app.base_url
    return parts.scheme == "https" and (parts.hostname or "").endswith(HOSTS)


def _email(base: str, token: str) -> str:
    """Who signed in; empty where it is not told: nothing depends on it."""
    try:
        with web.Session() as session:
            headers = {"Authorization": f"Bearer {token}"}
            answer = session.get(f"{base}/services/oauth2/userinfo", headers=headers).json()
    except web.NO_ANSWER:
        return ""
    return web.text(answer.get("email"), 254) if isinstance(answer, dict) else ""
