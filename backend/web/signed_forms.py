"""What Twilio posts: a form, bounded and signed. Nothing is believed before the signature."""

from urllib.parse import parse_qsl

from backend.config import Config
from backend.web.ahead import Environ
from backend.web.signature import Signature

LARGEST = 64 * 1024
"""Bytes of a webhook: 1,600 characters in UTF-8, percent-encoded, are below 20 KB."""
MOST_FIELDS = 200


class Refused(Exception):
    """``status`` to answer with; ``result`` is forged, malformed or too_large."""

    def __init__(self, status: int, result: str) -> None:
        super().__init__(result)
        self.status = status
        self.result = result


class SignedForms:
    """Reads the form of a webhook out of its WSGI environment."""

    def __init__(self, config: Config) -> None:
        self._signature = Signature(config)
        self._account = config.twilio_account_sid

    def read(self, environ: Environ) -> dict[str, str]:
        """The fields of the form; of a key that comes twice the last. Raises :class:`Refused`."""
        length = _length(environ)
        if length is None:
            # Without a declared length a body could be cut short unnoticed. Twilio declares it.
            raise Refused(400, "malformed")
        if length > LARGEST:
            raise Refused(413, "too_large")
        kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise Refused(400, "malformed")
        body = environ["wsgi.input"].read(length)
        if len(body) < length:
            raise Refused(400, "malformed")
        try:
            pairs = parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MOST_FIELDS,
            )
        except ValueError:
            raise Refused(400, "malformed") from None
        given = environ.get("HTTP_X_TWILIO_SIGNATURE", "")
        if not self._signature.valid(_requested(environ), pairs, given):
            raise Refused(403, "forged")
        form = dict(pairs)
        if form.get("AccountSid") != self._account:
            raise Refused(403, "forged")
        return form


def _length(environ: Environ) -> int | None:
    """The declared length of the body, bytes; None where it is not declared."""
    given = environ.get("CONTENT_LENGTH", "")
    if "HTTP_TRANSFER_ENCODING" in environ or not (given.isascii() and given.isdecimal()):
        return None
    return int(given[:12])


def _requested(environ: Environ) -> str:
    """Path and query as they were requested, before anybody decoded them."""
    raw: str = environ.get("RAW_URI", "")
    query = environ.get("QUERY_STRING", "")
    return raw or environ["PATH_INFO"] + (f"?{query}" if query else "")
