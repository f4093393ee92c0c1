"""HubSpot's errors: one shape on the wire, and what it says in each case.

Shapes: https://developers.hubspot.com/docs/api-reference/error-handling
"""

import json
from typing import Any
from uuid import uuid4

from flask import Response, jsonify

Problem = dict[str, Any]
"""One thing that is wrong with a record: ``{name, error, message}``."""


class HubSpotError(Exception):
    """A refusal. ``errors`` and ``context`` are HubSpot's own, left out when empty."""

    def __init__(
        self,
        status: int,
        category: str,
        message: str,
        errors: list[dict[str, Any]] | None = None,
        context: dict[str, list[str]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.category, self.message = status, category, message
        self.errors, self.context, self.more = errors or [], context or {}, more

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "status": "error",
            "message": self.message,
            "correlationId": str(uuid4()),
            "category": self.category,
        }
        if self.errors:
            body["errors"] = self.errors
        if self.context:
            body["context"] = self.context
        return {**body, **self.more}


def refusal(error: HubSpotError) -> Response:
    response = jsonify(error.body())
    response.status_code = error.status
    return response


def invalid(message: str, **context: list[str]) -> HubSpotError:
    """The request makes no sense."""
    return HubSpotError(400, "VALIDATION_ERROR", message, context=context)


def invalid_properties(problems: list[Problem], portal: int) -> HubSpotError:
    """Values that a record cannot have. The message holds them as JSON too, as HubSpot's does."""
    told = [
        {
            "isValid": False,
            "message": problem["message"],
            "error": problem["error"],
            "name": problem["name"],
            "localizedErrorMessage": problem["message"],
            "portalId": portal,
        }
        for problem in problems
    ]
    return HubSpotError(
        400,
        "VALIDATION_ERROR",
        f"Property values were not valid: {json.dumps(told, separators=(',', ':'))}",
        errors=[
            {
                "message": problem["message"],
                "code": problem["error"],
                "context": {"propertyName": [problem["name"]]},
            }
            for problem in problems
        ],
    )


def object_not_found(id: str) -> HubSpotError:
    message = "Object not found.  objectId are usually numeric."
    return HubSpotError(404, "OBJECT_NOT_FOUND", message, context={"id": [id]})


def missing_scopes(needed: str) -> HubSpotError:
    needs = {
        "message": "One or more of the following scopes are required.",
        "context": {"requiredGranularScopes": [needed]},
    }
    return HubSpotError(
        403,
        "MISSING_SCOPES",
        "This app hasn't been granted all required scopes to make this call. Read more about "
        "required scopes here: https://developers.hubspot.com/scopes.",
        errors=[needs],
        links={"scopes": "https://developers.hubspot.com/scopes"},
    )


def no_credentials() -> HubSpotError:
    return HubSpotError(
        401,
        "INVALID_AUTHENTICATION",
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you "
        "can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
    )


def expired_credentials(ended: str) -> HubSpotError:
    """``ended``: when, in ISO 8601."""
    return HubSpotError(
        401,
        "EXPIRED_AUTHENTICATION",
        "The OAuth token used to make this call has expired.",
        context={"expire time": [ended]},
    )


POLICIES = {
    "TEN_SECONDLY_ROLLING": "You have reached your ten_secondly_rolling limit.",
    "SECONDLY": "You have reached your secondly limit.",
    "DAILY": "You have reached your daily limit.",
}


def rate_limited(policy: str) -> Response:
    """429. This one has a shape of its own: ``errorType`` and ``policyName``, no category."""
    response = jsonify(
        status="error",
        message=POLICIES[policy],
        errorType="RATE_LIMIT",
        correlationId=str(uuid4()),
        policyName=policy,
        groupName="publicapi:oauth",
    )
    response.status_code = 429
    return response
