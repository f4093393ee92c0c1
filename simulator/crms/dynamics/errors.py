"""Dataverse's errors: ``{"error": {"code", "message"}}``, codes in hexadecimal.

Codes: https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
"""

from uuid import UUID, uuid4, uuid5

from flask import Response, jsonify

NOT_FOUND = "0x80040217"
DUPLICATE = "0x80040237"
STALE = "0x80060882"
TOO_LONG = "0x80044331"
OUT_OF_RANGE = "0x8004431a"
BAD_STATUS = "0x80048408"
CLOSED = "0x8004022e"
PAYLOAD = "0x80048d19"
QUERY = "0x80060888"
NO_SET = "0x8006088a"
DENIED = "0x80040220"

LIMITS = {
    "requests": (
        "0x80072322",
        "Number of requests exceeded the limit of {most} over time window of 300 seconds.",
    ),
    "time": (
        "0x80072321",
        "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds "
        "over time window of 300 seconds. Decrease number of concurrent requests or reduce the "
        "duration of requests and try again later.",
    ),
    "concurrent": (
        "0x80072326",
        "Number of concurrent requests exceeded the limit of 52.",
    ),
}
"""Service protection: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits"""


class DataverseError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def refusal(error: DataverseError) -> Response:
    response = jsonify(error={"code": error.code, "message": error.message})
    response.status_code = error.status
    response.headers["x-ms-service-request-id"] = str(uuid4())
    return response


def bad_query(message: str) -> DataverseError:
    return DataverseError(400, QUERY, message)


def bad_payload(table: str, message: str) -> DataverseError:
    """What is wrong with a body; the help that Dataverse puts before it is kept short."""
    return DataverseError(
        400,
        PAYLOAD,
        f"Error identified in Payload provided by the user for Entity :'{table}', For more "
        "information on this error please follow this help link "
        f"https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : {message}",
    )


def no_such_row(table: str, id: str) -> DataverseError:
    return DataverseError(404, NOT_FOUND, f"{table} With Id = {id} Does Not Exist")


def denied(user: str, privilege: str, table: str, type_code: int) -> DataverseError:
    return DataverseError(
        403,
        DENIED,
        f"Principal user (Id={user}, type=8, roleCount=1, privilegeCount=12, accessMode=0), is "
        f"missing {privilege} privilege (Id={uuid5(UUID(int=0), privilege)}) on OTC={type_code} "
        f"for entity '{table}'. context.Caller={user}.",
    )


def unauthorized(url: str, tenant: str, why: str) -> Response:
    """401 with no JSON in it. ``why``: empty for a request without a token."""
    login = f"https://login.microsoftonline.com/{tenant}/oauth2/authorize"
    challenge = f"Bearer authorization_uri={login}, resource_id={url}/"
    if why:
        challenge += f', error="invalid_token", error_description="{why}"'
    text = "HTTP Error 401 - Unauthorized: Access is denied"
    return Response(text, 401, {"WWW-Authenticate": challenge})


def limited(kind: str, seconds: int, most: int) -> Response:
    """429 of one of the three kinds, which ends in so many seconds."""
    code, message = LIMITS[kind]
    response = refusal(DataverseError(429, code, message.format(most=most)))
    response.headers["Retry-After"] = str(seconds)
    return response
