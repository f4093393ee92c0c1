"""What nobody needs any more goes from the disk too."""

from collections.abc import Iterable
from functools import partial
from itertools import islice

from backend.apart import Apart
from backend.media.files import Files
from backend.store import media
from backend.store.writer import Transaction, Writer

_AT_ONCE = 20
"""Files that go in one transaction: everybody who writes waits for it."""
_LOOKED_AT = 200


class Tidying:
    def __init__(self, writer: Writer, files: Files) -> None:
        self._writer = writer
        self._files = files

    def expire(self) -> int:
        """Drop uploads whose text was not sent within a day; returns how many."""
        expired = media.expired()
        by_team: dict[int, list[int]] = {}
        for team, each in expired:
            by_team.setdefault(team, []).append(each)
        for team, ids in by_team.items():
            self._drop(team, ids)
        return len(expired)

    def _drop(self, team: int, ids: list[int]) -> None:
        gone = self._writer(lambda tx: media.delete_waiting(tx, team, ids))
        self.remove_unused(team, gone)

    def remove_unused(self, team: int, contents: Iterable[str]) -> None:
        """Remove the files of rows that were deleted and committed, unless another row of the team
        has the same content. ``contents`` is what :func:`backend.store.media.delete` returned."""
        unique = sorted(set(contents))
        for start in range(0, len(unique), _AT_ONCE):
            batch = unique[start : start + _AT_ONCE]
            self._writer(partial(self._remove, team=team, contents=batch))

    def sweep_files(self, apart: Apart) -> None:
        """Files that a killed process left without a row. Looks at every file: once a day."""
        apart(self._files.drop_unfinished)
        old = self._files.old()
        while batch := apart(lambda: list(islice(old, _LOOKED_AT))):
            unused: dict[int, list[str]] = {}
            for team, sha256 in batch:
                if not media.is_used(team, sha256):
                    unused.setdefault(team, []).append(sha256)
            for team, contents in unused.items():
                self.remove_unused(team, contents)

    def _remove(self, tx: Transaction, team: int, contents: list[str]) -> None:
        for sha256 in contents:
            if not media.is_used(team, sha256):
                self._files.remove(team, sha256)
