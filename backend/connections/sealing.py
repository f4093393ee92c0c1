"""Tokens of CRMs, encrypted as they are kept."""

import base64

from cryptography.fernet import Fernet, InvalidToken

from backend.keys import derive


class Unsealable(Exception):
    """It was sealed with another SECRET_KEY: an admin has to connect again."""


class Seal:
    def __init__(self, secret_key: str) -> None:
        self._box = Fernet(base64.urlsafe_b64encode(derive(secret_key, "crm tokens")))

    def close(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises :class:`Unsealable`."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unsealable from None
