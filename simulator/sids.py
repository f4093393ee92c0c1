"""Twilio's identifiers: two letters that say what it is, and 32 hex digits."""

import secrets


def new(prefix: str) -> str:
    """``new("SM")`` -> ``SM`` and 32 hex digits that nobody can guess."""
    return prefix + secrets.token_hex(16)
