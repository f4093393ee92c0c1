"""Twilio's errors: one table of codes, one shape on the wire."""

from typing import Any

MESSAGES = {
    20001: (400, "Invalid parameter: {detail}"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20009: (409, "Cannot change this resource before it is complete"),
    20404: (404, "The requested resource {detail} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21211: (400, "The 'To' number {detail} is not a valid phone number."),
    21212: (
        400,
        "The 'From' number {detail} is not a valid phone number, shortcode, or "
        "alphanumeric sender ID.",
    ),
    21408: (
        400,
        "Permission to send an SMS has not been enabled for the region indicated by the "
        "'To' number: {detail}",
    ),
    21421: (400, "The phone number {detail} is invalid"),
    21422: (400, "The phone number {detail} is not available"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (
        400,
        "The 'From' phone number provided ({detail}) is not a valid message-capable "
        "Twilio phone number for this destination.",
    ),
    21609: (400, "The 'StatusCallback' URL {detail} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "SMS queue is full."),
    21612: (
        400,
        "The 'To' phone number: {detail}, is not currently reachable using the 'From' "
        "phone number via SMS.",
    ),
    21614: (400, "'To' number: {detail}, is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit"),
    21703: (400, "The Messaging Service does not have a phone number available to send a message"),
    21705: (400, "The Messaging Service Sid {detail} is invalid."),
    21710: (409, "Phone number {detail} is already associated with a Messaging Service."),
    21711: (
        400,
        "The phone number {detail} is not associated with the specified Messaging Service.",
    ),
    21713: (400, "Brand registration {detail} is not approved"),
    30409: (400, "This message cannot be canceled"),
    35111: (400, "SendAt timestamp is missing"),
    35115: (
        400,
        "SendAt time must be between 900 seconds and 35 days (3024000 seconds) in the future",
    ),
}

AFTERWARDS = {
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30034: "US A2P 10DLC - Message from an Unregistered Number",
}


class TwilioError(Exception):
    """A refusal. ``detail`` is what the message speaks of, such as a number or a path."""

    def __init__(self, code: int, detail: str = "", status: int | None = None) -> None:
        known, text = MESSAGES.get(code, (400, AFTERWARDS.get(code, "Refused")))
        self.code, self.status = code, status or known
        self.message = text.format(detail=detail)
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        body = {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        if self.code == 20003:
            body["detail"] = "Your AccountSid or AuthToken was incorrect."
        return body


class BadRequest(Exception):
    """A request to the simulator's own controls that is not what is expected."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
