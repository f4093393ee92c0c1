"""What signing in is like at every CRM: OAuth 2, the authorization code flow with PKCE."""

from urllib.parse import urlencode

from backend.crm_port import CrmApp


class SignIn:
    """The edge to a CRM where it needs to know our app there; the rest of it needs an
    :class:`~backend.crm_port.Access` alone."""

    def __init__(self, app: CrmApp) -> None:
        self._app = app

    def _asking(
        self, page: str, redirect: str, state: str, challenge: str, scope: str, **more: str
    ) -> str:
        """The address of the page that asks whoever signs in."""
        asked = {
            "response_type": "code",
            "client_id": self._app.client_id,
            "redirect_uri": redirect,
            "state": state,
            "scope": scope,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **more,
        }
        return f"{page}?{urlencode(asked)}"
