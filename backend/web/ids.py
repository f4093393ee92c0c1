"""Ids in addresses: one converter for the API, the admin pages and media."""

from flask.sansio.app import App
from werkzeug.routing import BaseConverter


class Id(BaseConverter):
    """ASCII digits of a number from 1 that every database can hold. Anything else matches nothing,
    and is not found: ``int(min=…)`` answers 405 instead, and takes other scripts' digits."""

    regex = "[1-9][0-9]{0,15}"

    def to_python(self, value: str) -> int:
        return int(value)


def register(app: App) -> None:
    """Let the app's routes say ``<id:person>``."""
    app.url_map.converters["id"] = Id
