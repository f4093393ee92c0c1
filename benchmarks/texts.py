"""The texts that are measured, each with its own name in its body: as webhooks and as frames."""

import re
from pathlib import Path
from urllib.parse import urlencode

import msgspec
from twilio.request_validator import RequestValidator

from benchmarks.world import Rep

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token for the benchmark alone"
PUBLIC_URL = "http://bench.example"
GOLDEN = Path(__file__).parents[1] / "shared" / "frames" / "message.created.json"
NAME = re.compile(rb"T=(\d+);")
_validator = RequestValidator(TOKEN)


def body(name: int) -> str:
    return f"T={name}; Hello, this is a fairly ordinary text about the order from last week."


def webhook(name: int, rep: Rep, filler: str = "") -> bytes:
    """The HTTP request by which Twilio tells of an inbound text, signed by Twilio's library."""
    sid = f"SM{name:032x}"
    fields = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": body(name) + filler,
        "From": rep.mobiles[name % len(rep.mobiles)],
        "FromCity": "SAN FRANCISCO",
        "FromCountry": "US",
        "FromState": "CA",
        "FromZip": "94107",
        "MessageSid": sid,
        "MessagingServiceSid": "MG" + "0" * 32,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": rep.number,
        "ToCity": "ATLANTA",
        "ToCountry": "US",
        "ToState": "GA",
        "ToZip": "30303",
    }
    signature = _validator.compute_signature(f"{PUBLIC_URL}/twilio/messages", fields)
    return post(
        "/twilio/messages",
        urlencode(fields).encode(),
        "application/x-www-form-urlencoded; charset=UTF-8",
        f"X-Twilio-Signature: {signature}\r\nUser-Agent: TwilioProxy/1.1\r\n",
    )


def frame(name: int) -> bytes:
    """What our server would send of the text: peers publish the same number of bytes."""
    golden = msgspec.json.decode(GOLDEN.read_bytes())
    golden["message"]["body"] = golden["conversation"]["preview"] = body(name)
    return msgspec.json.encode(golden)


def post(path: str, content: bytes, kind: str, headers: str = "") -> bytes:
    """An HTTP/1.1 request, ready to be written."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: bench.example\r\n{headers}Content-Type: {kind}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    ).encode() + content
