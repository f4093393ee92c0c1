"""What a create request asks for, checked as Twilio checks it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from simulator import optouts
from simulator.carrier import Carrier
from simulator.errors import TwilioError
from simulator.phones import E164, MAGIC_FROM, MAGIC_SENDER, MAGIC_TO, e164, region, short_code
from simulator.records import Books
from simulator.state import owned, service_of

MAX_BODY = 1600
MAX_MEDIA = 10
_SOONEST, _LATEST = timedelta(minutes=15), timedelta(days=35)


@dataclass(frozen=True)
class Order:
    """A text that the carrier will take. ``from_`` is None while a service has to choose."""

    to: str
    from_: str | None
    service_sid: str | None
    body: str
    media_urls: tuple[str, ...]
    callback: str | None
    send_at: datetime | None


def read(carrier: Carrier, account_sid: str, form: MultiDict[str, str]) -> Order:
    """TwilioError with Twilio's code for the first thing that is wrong."""
    to = _recipient(form.get("To", ""))
    sender = form.get("From", "")
    service_sid = form.get("MessagingServiceSid") or (sender if sender.startswith("MG") else None)
    if not sender and not service_sid:
        raise TwilioError(21603)
    body, media_urls = form.get("Body", ""), form.getlist("MediaUrl")
    _content(body, media_urls)
    with carrier.state.look() as books:
        chosen = bool(sender) and not sender.startswith("MG")
        from_ = _sender(books, account_sid, sender, bool(media_urls)) if chosen else None
        if service_sid:
            _service(books, service_sid, from_)
        if to == from_:
            raise TwilioError(21211, to)
        if to in MAGIC_TO:
            raise TwilioError(MAGIC_TO[to], to)
        if region(to) not in carrier.settings.regions:
            raise TwilioError(21408, to)
        if optouts.blocked(books, from_ or service_sid or "", to):
            raise TwilioError(21610)
        pool_of = service_sid or service_of(books, from_ or "")
    return Order(
        to=to,
        from_=from_,
        service_sid=pool_of,
        body=body,
        media_urls=tuple(media_urls),
        callback=_callback(form.get("StatusCallback", "")),
        send_at=_send_at(carrier, form, service_sid),
    )


def _recipient(text: str) -> str:
    if not text:
        raise TwilioError(21604)
    number = e164(text)
    if not number:
        raise TwilioError(21211, text)
    return number


def _content(body: str, media_urls: list[str]) -> None:
    if not body and not media_urls:
        raise TwilioError(21602)
    if len(body) > MAX_BODY:
        raise TwilioError(21617)
    if len(media_urls) > MAX_MEDIA:
        raise TwilioError(21623)
    if not all(_is_address(url) for url in media_urls):
        raise TwilioError(21620)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()
    except ValueError:
        return False


def _sender(books: Books, account_sid: str, text: str, has_media: bool) -> str:
    number = text if E164.fullmatch(text) and short_code(text) else e164(text)
    if not number:
        raise TwilioError(21212, text)
    if number in MAGIC_FROM:
        raise TwilioError(MAGIC_FROM[number], number)
    if number == MAGIC_SENDER:
        return number
    ours = owned(books, number, account_sid)
    if not ours or not ours.sms:
        raise TwilioError(21606, number)
    if has_media and not ours.mms:
        raise TwilioError(21612, number)
    return number


def _service(books: Books, service_sid: str, from_: str | None) -> None:
    if service_sid not in books.services:
        raise TwilioError(21705, service_sid)
    if not books.services[service_sid]:
        raise TwilioError(21703)
    if from_ and from_ not in books.services[service_sid]:
        raise TwilioError(21711, from_)


def _callback(url: str) -> str | None:
    if not url:
        return None
    # Twilio takes no host with an underscore.
    if not _is_address(url) or "_" in (urlsplit(url).hostname or ""):
        raise TwilioError(21609, url)
    return url


def _send_at(
    carrier: Carrier, form: MultiDict[str, str], service_sid: str | None
) -> datetime | None:
    # Without a service Twilio does not refuse: it sends at once.
    if form.get("ScheduleType") != "fixed" or not service_sid:
        return None
    text = form.get("SendAt", "")
    if not text:
        raise TwilioError(35111)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise TwilioError(35115) from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not _SOONEST <= at - carrier.now() <= _LATEST:
        raise TwilioError(35115)
    return at
