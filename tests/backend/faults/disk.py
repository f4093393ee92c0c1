"""A disk between SQLite and its files: it remembers every write and sync, and fails when told to.

A VFS of SQLite's own kind (https://sqlite.org/vfs.html) that stands before the usual one: it hands
everything on and notes what was written, so that nothing of SQLite itself is replaced.
"""

import _sqlite3
import ctypes
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

OK, FULL, IOERR_FSYNC = 0, 13, 1034
"""https://sqlite.org/rescode.html"""
_POINTER = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, *[_POINTER] * 3, ctypes.c_int, _POINTER)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs``, of which we read the head and replace ``xOpen``."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("iVersion", "szOsFile", "mxPathname")),
        *((name, _POINTER) for name in ("pNext", "zName", "pAppData", "xOpen")),
        ("others", _POINTER * 15),
    )


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``"""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        *((name, _POINTER) for name in ("xClose", "xRead", "xWrite", "xTruncate", "xSync")),
        ("others", _POINTER * 13),
    )


class Event(NamedTuple):
    """``answered`` is no file's: what was written so far was said to be safe."""

    kind: Literal["write", "truncate", "sync", "failed sync", "answered"]
    file: str
    at: int = 0
    """The offset of a write, the size of a truncated file."""
    data: bytes = b""


@dataclass
class Disk:
    """``refuses(event)`` says of a write or sync whether it fails."""

    events: list[Event] = field(default_factory=list)
    refuses: Callable[[Event], bool] = lambda event: False
    _kept: list[object] = field(default_factory=list)
    """What SQLite has addresses of, for as long as something is open."""

    def answered(self, what: str) -> None:
        self.events.append(Event("answered", what))

    @contextmanager
    def under_sqlite(self) -> Iterator[None]:
        """Databases that are opened inside are on this disk, which must outlive them."""
        library = _library()
        usual = _Vfs.from_address(library.sqlite3_vfs_find(None))
        open_usual = _OPEN(usual.xOpen)

        def open_(_vfs: int, name: int, file: int, flags: int, out: int) -> int:
            code = open_usual(ctypes.addressof(usual), name, file, flags, out)
            if code == OK and name:
                where = ctypes.cast(name, ctypes.c_char_p).value or b""
                self._kept.append(self._watch(file, where.decode()))
            return code

        ours = _Vfs.from_buffer_copy(usual)
        name, opener = ctypes.create_string_buffer(b"watched"), _OPEN(open_)
        ours.zName = ctypes.addressof(name)
        ours.xOpen = ctypes.cast(opener, _POINTER).value
        self._kept += [ours, name, opener, open_usual]
        library.sqlite3_vfs_register(ctypes.byref(ours), 1)
        try:
            yield
        finally:
            library.sqlite3_vfs_unregister(ctypes.byref(ours))

    def _watch(self, file: int, name: str) -> object:
        """Stand before the methods of a file that was opened; what is returned must be kept."""
        place = ctypes.cast(file, ctypes.POINTER(_POINTER))
        usual = _Methods.from_address(place[0])
        ours = _Methods.from_buffer_copy(usual)
        write_usual, truncate_usual = _WRITE(usual.xWrite), _TRUNCATE(usual.xTruncate)
        sync_usual = _SYNC(usual.xSync)

        def write(file: int, data: int, size: int, at: int) -> int:
            event = Event("write", name, at, ctypes.string_at(data, size))
            if self.refuses(event):
                return FULL
            self.events.append(event)
            return write_usual(file, data, size, at)

        def truncate(file: int, size: int) -> int:
            self.events.append(Event("truncate", name, size))
            return truncate_usual(file, size)

        def sync(file: int, flags: int) -> int:
            if self.refuses(Event("sync", name)):
                self.events.append(Event("failed sync", name))
                return IOERR_FSYNC
            self.events.append(Event("sync", name))
            return sync_usual(file, flags)

        doors = _WRITE(write), _TRUNCATE(truncate), _SYNC(sync)
        ours.xWrite, ours.xTruncate, ours.xSync = (
            ctypes.cast(door, _POINTER).value for door in doors
        )
        place[0] = ctypes.addressof(ours)
        return ours, doors


@cache
def _library() -> ctypes.CDLL:
    """The SQLite that Python's own module uses, and no other."""
    linked = subprocess.run(
        ["ldd", _sqlite3.__file__], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"libsqlite3\S* => (\S+)", linked)
    library = ctypes.CDLL(found[1] if found else _sqlite3.__file__)
    library.sqlite3_vfs_find.restype = _POINTER
    return library
