"""Files that come in the body of a request, piece by piece."""

from collections.abc import Iterator
from typing import IO

import gevent

_PIECE = 64 * 1024


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece
        # What has come already is read without a wait, and a large file would hold up others.
        gevent.sleep(0)
