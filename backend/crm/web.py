"""HTTP to CRMs: bounded in time and size, never redirected; its failures in the port's words."""

from typing import Any

import requests

from backend.crm_port import Unreachable

CONNECT_S, ANSWER_S = 5.0, 30.0
LARGEST = 4 * 1024 * 1024
"""Bytes of an answer: more than any list that is asked for here."""


NO_ANSWER = (requests.RequestException, ValueError, RecursionError)
"""What asking raises, and reading what came as JSON, where it is none of the CRM's."""


class TooLarge(requests.RequestException):
    """An answer that nobody here asked for."""


class Session(requests.Session):
    """What a CRM's client library speaks through."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if options.get("timeout") is None:
            options["timeout"] = (CONNECT_S, ANSWER_S)
        # A redirect could lead the token to another host.
        options |= {"stream": True, "allow_redirects": False}
        response = super().send(request, **options)
        body = bytearray()
        for piece in response.iter_content(64 * 1024):
            body += piece
            if len(body) > LARGEST:
                response.close()
                raise TooLarge(f"an answer of more than {LARGEST >> 20} MB")
        response._content = bytes(body)
        return response


def unreachable(label: str, error: Exception | str) -> Unreachable:
    """What came was no answer of the CRM's: it may have done what it was asked for."""
    cause = error if isinstance(error, str) else type(error).__name__
    return Unreachable(f"{label} did not answer as it should ({cause}). It is tried again.")


def text(value: object, most: int) -> str:
    """A field of an answer on one line, bounded; empty where it is none."""
    return " ".join(value.split())[:most] if isinstance(value, str) else ""
