"""Files of people go when they are not needed any more, and bring nobody back who was erased."""

from collections.abc import Iterable
from functools import partial
from itertools import islice

from backend.apart import Apart
from backend.media.files import Files
from backend.store import import_files, import_problems, imports, pseudonym
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

KEPT_MS = 7 * 24 * 3600 * 1000
"""After which a file goes although its import is not done, and with it the rows of the report."""
_AT_ONCE = 100


class Keeping:
    def __init__(self, writer: Writer, files: Files) -> None:
        self._writer = writer
        self._files = files

    def expire(self) -> None:
        """Remove the files of imports that are over or too old, and old reports."""
        before = now() - KEPT_MS
        for team, people_import in import_files.needless(before):
            self._writer(partial(self._drop, team=team, people_import=people_import))
        while self._writer(lambda tx: import_problems.prune(tx, before)):
            pass

    def sweep_files(self, apart: Apart) -> None:
        """Files that a killed process left without a row. Looks at every file: once a day."""
        apart(self._files.drop_unfinished)
        old = self._files.old()
        while batch := apart(lambda: list(islice(old, _AT_ONCE))):
            self._writer(partial(self._remove_unused, files=batch))

    def _drop(self, tx: Transaction, team: int, people_import: int) -> None:
        held = imports.get(team, people_import)
        assert held is not None
        cause = "It was not done within seven days, so its file is gone. Import it again."
        imports.set_state(tx, team, people_import, imports.OPEN, "canceled", cause)
        import_files.forget(tx, team, people_import)
        self._remove_unused(tx, [(team, held.sha256)])

    def _remove_unused(self, _tx: Transaction, files: Iterable[tuple[int, str]]) -> None:
        """Inside a transaction, as :mod:`backend.media.files` asks."""
        for team, sha256 in files:
            if not import_files.is_used(team, sha256):
                self._files.remove(team, sha256)


def forget(tx: Transaction, team: int, names: Iterable[str]) -> None:
    """Whoever had these mobiles or CRM references was erased: a file that is still to be loaded
    does not bring them back. :func:`forget_rows` comes before, for the reports."""
    import_files.note_erased(tx, team, [pseudonym.of(team, name) for name in names if name])


def forget_rows(writer: Writer, team: int, mobiles: Iterable[str], words: Iterable[str]) -> None:
    """Remove the rows of the team's reports in which a person's number or any of the words, their
    name or CRM reference, stands."""
    endings = {mobile.removeprefix("+1").removeprefix("+") for mobile in mobiles}
    wanted = {word.casefold() for word in words if word}
    after = 0
    while found := import_problems.holding(team, after):
        gone = [row for row, cells in found if _is_about(cells, endings, wanted)]
        if gone:
            writer(partial(import_problems.drop, team=team, problems=gone))
        after = found[-1][0]


def _is_about(cells: list[str], numbers: set[str], words: set[str]) -> bool:
    # However a number is written, and in whichever cells a name is split.
    line = f" {' '.join(' '.join(cells).casefold().split())} "
    digits = "".join(each for each in line if each.isdigit())
    return any(each in digits for each in numbers) or any(f" {each} " in line for each in words)
