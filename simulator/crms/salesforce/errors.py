"""Salesforce's errors: ``[{message, errorCode, fields}]`` with a status."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

STATUS = {
    "INVALID_SESSION_ID": 401,
    "REQUEST_LIMIT_EXCEEDED": 403,
    "NOT_FOUND": 404,
    "ENTITY_IS_DELETED": 404,
    "METHOD_NOT_ALLOWED": 405,
    "UNKNOWN_EXCEPTION": 500,
}
"""Every other code comes with 400."""


class SalesforceError(Exception):
    """A refusal. ``fields`` are those that it is about; None where the answer has no such key."""

    def __init__(
        self, code: str, message: str, fields: Sequence[str] | None = None, status: int = 0
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.fields = code, message, fields
        self.status = status or STATUS.get(code, 400)

    def body(self) -> list[dict[str, Any]]:
        error: dict[str, Any] = {"message": self.message, "errorCode": self.code}
        return [error if self.fields is None else error | {"fields": list(self.fields)}]

    def result(self) -> dict[str, Any]:
        """As one of the errors in the result of a collection, where the code has another name."""
        return {
            "statusCode": self.code,
            "message": self.message,
            "fields": list(self.fields or ()),
        }


def refusal(error: SalesforceError) -> Response:
    response = jsonify(error.body())
    response.status_code = error.status
    return response


def not_found(message: str = "The requested resource does not exist") -> SalesforceError:
    return SalesforceError("NOT_FOUND", message)


def expired() -> SalesforceError:
    return SalesforceError("INVALID_SESSION_ID", "Session expired or invalid")


def over_limit() -> SalesforceError:
    return SalesforceError("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
