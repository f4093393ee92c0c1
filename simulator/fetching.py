"""Pictures that go out with a text: fetched from the backend, as Twilio fetches them."""

import requests

from simulator import sids
from simulator.carrier import Carrier
from simulator.records import Media, Message

_IMAGES = frozenset({"image/jpeg", "image/png", "image/gif"})
MAX_IMAGE = 5 * 1024 * 1024
MAX_OTHER = 500 * 1024


def limit(content_type: str) -> int:
    """The most bytes that one attachment of this type may have."""
    return MAX_IMAGE if content_type in _IMAGES else MAX_OTHER


def attach(carrier: Carrier, message: Message) -> bool:
    """Fetch the message's media; False when one of them cannot be had or is too large."""
    found = []
    for url in message.media_urls:
        content = _fetch(url)
        if content is None:
            return False
        kind, raw = content
        found.append(
            Media(sids.new("ME"), message.account_sid, message.sid, kind, raw, carrier.now())
        )
    if found:
        with carrier.state.change() as books:
            books.media.update({media.sid: media for media in found})
    return True


def _fetch(url: str) -> tuple[str, bytes] | None:
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.get(url, stream=True, timeout=(5, 15)) as answer:
                kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
                if not answer.ok or "/" not in kind:
                    return None
                raw = b""
                for piece in answer.iter_content(65_536):
                    raw += piece
                    if len(raw) > limit(kind):
                        return None
                return kind, raw
        except requests.RequestException:
            return None
