"""RFC 6455 framing for the server's side: bytes in, messages out, without any I/O.

Only text messages are taken. What a client may not do raises :class:`Violation` with the close
code to answer. A declared length is judged before its payload is kept, so that a header alone
can not make the backend buffer anything.
"""

CONTINUATION, TEXT, BINARY = 0, 1, 2
CLOSE, PING, PONG = 8, 9, 10
LONGEST_CONTROL = 125


class Violation(Exception):
    """The client broke the protocol; ``code`` is the close code that says how."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Reader:
    """What a client has sent and we have not yet taken: exists only while there is some."""

    __slots__ = ("_at", "_buffer", "_fragments")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = 0
        self._fragments: bytearray | None = None

    @property
    def empty(self) -> bool:
        return not self._buffer and self._fragments is None

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def next(self, limit: int) -> tuple[int, bytes] | None:
        """The next ``(opcode, payload)``: a whole text message or a control frame.

        None when more bytes are needed. ``limit`` bounds a message in bytes, over all of its
        fragments. A text's payload is valid UTF-8. Raises :class:`Violation`.
        """
        while (frame := self._frame(limit)) is not None:
            first, payload = frame
            opcode = first & 0x0F
            if opcode >= CLOSE:
                return opcode, payload
            if opcode == TEXT and first & 0x80:
                return TEXT, _utf8(payload)
            if self._fragments is None:
                self._fragments = bytearray()
            self._fragments += payload
            if first & 0x80:
                whole = bytes(self._fragments)
                self._fragments = None
                return TEXT, _utf8(whole)
        # Compacted only when all whole frames are taken: once per read, not once per frame.
        del self._buffer[: self._at]
        self._at = 0
        return None

    def _frame(self, limit: int) -> tuple[int, bytes] | None:
        buffer, at = self._buffer, self._at
        if len(buffer) - at < 2:
            return None
        first, second = buffer[at], buffer[at + 1]
        length = second & 0x7F
        self._check(first, second, length)
        at += 2
        if length > LONGEST_CONTROL:
            size = 2 if length == 126 else 8
            if len(buffer) - at < size:
                return None
            length = int.from_bytes(buffer[at : at + size], "big")
            at += size
            if length <= (LONGEST_CONTROL if size == 2 else 0xFFFF):
                raise Violation(1002, "length is not in its shortest form")
        if first & 0x0F < CLOSE and length + len(self._fragments or b"") > limit:
            raise Violation(1009, f"a message may have {limit} bytes")
        end = at + 4 + length
        if len(buffer) < end:
            return None
        self._at = end
        return first, unmask(buffer[at + 4 : end], buffer[at : at + 4])

    def _check(self, first: int, second: int, length: int) -> None:
        opcode = first & 0x0F
        if first & 0x70:
            raise Violation(1002, "reserved bits are set")
        if not second & 0x80:
            raise Violation(1002, "frames of a client must be masked")
        if opcode in (CLOSE, PING, PONG):
            if length > LONGEST_CONTROL or not first & 0x80:
                raise Violation(1002, "a control frame is too long or fragmented")
        elif opcode == BINARY:
            raise Violation(1003, "only text messages are taken")
        elif opcode not in (CONTINUATION, TEXT):
            raise Violation(1002, "unknown opcode")
        elif (opcode == CONTINUATION) == (self._fragments is None):
            raise Violation(1002, "fragments are out of order")


def unmask(data: bytes | bytearray, mask: bytes | bytearray) -> bytes:
    """XOR ``data`` with the four bytes of ``mask``, over and over."""
    # One XOR of two big integers: 0.5 us for a usual frame. C would take 0.1 us and a dependency.
    size = len(data)
    stream = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")).to_bytes(
        size, "little"
    )


def encode(opcode: int, payload: bytes) -> bytes:
    """One unfragmented, unmasked frame: what a server sends."""
    size = len(payload)
    if size < 126:
        return bytes((0x80 | opcode, size)) + payload
    if size < 0x10000:
        return bytes((0x80 | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x80 | opcode, 127)) + size.to_bytes(8, "big") + payload


def close_frame(code: int, reason: str = "") -> bytes:
    """A Close frame; ``reason`` is cut to what fits."""
    text = reason.encode()[: LONGEST_CONTROL - 2].decode(errors="ignore")
    return encode(CLOSE, code.to_bytes(2, "big") + text.encode())


def close_echo(payload: bytes) -> bytes:
    """The answer to a client's Close: the same code, or none. Raises :class:`Violation`."""
    if not payload:
        return encode(CLOSE, b"")
    code = int.from_bytes(payload[:2], "big")
    if len(payload) < 2 or not _may_be_sent(code):
        raise Violation(1002, "not a close code")
    _utf8(payload[2:])
    return encode(CLOSE, payload[:2])


def _may_be_sent(code: int) -> bool:
    # 1004 is reserved; 1005, 1006 and 1015 say what an endpoint saw and are never on the wire.
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999


def _utf8(payload: bytes) -> bytes:
    try:
        payload.decode()
    except UnicodeDecodeError:
        raise Violation(1007, "text is not UTF-8") from None
    return payload
