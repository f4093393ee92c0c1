"""Framing, against an implementation that is not ours: websockets' sans-I/O frames."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode
from websockets.streams import StreamReader

from backend.hub import framing

LIMIT = 64 * 1024
texts = st.text(st.characters(codec="utf-8"), max_size=300)


def client_frame(opcode: Opcode, data: bytes, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


def text_in_fragments(text: str, cuts: list[int]) -> list[bytes]:
    data = text.encode()
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in pairwise(edges)]
    return [
        client_frame(Opcode.CONT if number else Opcode.TEXT, piece, number == len(pieces) - 1)
        for number, piece in enumerate(pieces)
    ]


def take(*chunks: bytes, limit: int = LIMIT) -> list[tuple[int, bytes]]:
    reader = framing.Reader()
    taken = []
    for chunk in chunks:
        reader.feed(chunk)
        while (item := reader.next(limit)) is not None:
            taken.append(item)
    return taken


def refusal(data: bytes, limit: int = LIMIT) -> int:
    with pytest.raises(framing.Violation) as refused:
        take(data, limit=limit)
    return refused.value.code


@given(st.lists(texts, max_size=5), st.integers(1, 50))
def test_texts_arrive_whole_and_in_order_however_the_bytes_are_cut(
    sent: list[str], size: int
) -> None:
    stream = b"".join(client_frame(Opcode.TEXT, text.encode()) for text in sent)
    chunks = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert take(*chunks) == [(framing.TEXT, text.encode()) for text in sent]


@given(texts, st.lists(st.integers(0, 1200), max_size=4), st.binary(max_size=125))
def test_control_frames_between_fragments_come_first(
    text: str, cuts: list[int], ping: bytes
) -> None:
    pieces = text_in_fragments(text, cuts)
    control = client_frame(Opcode.PING, ping)
    expected = [(framing.PING, ping)] * (len(pieces) - 1) + [(framing.TEXT, text.encode())]
    assert take(control.join(pieces)) == expected


def test_a_fragmented_text_arrives_whole_for_every_cut_of_the_stream() -> None:
    text = "Hé, wo ist der 🚚?" + "z" * 130
    stream = b"".join(text_in_fragments(text, [1, 2, 7, 150])) + client_frame(Opcode.PONG, b"p")
    for cut in range(len(stream) + 1):
        taken = take(stream[:cut], stream[cut:])
        assert taken == [(framing.TEXT, text.encode()), (framing.PONG, b"p")]


def test_a_reader_holds_nothing_after_whole_frames() -> None:
    reader = framing.Reader()
    data = client_frame(Opcode.TEXT, b"whole")
    reader.feed(data + data[:3])
    assert reader.next(LIMIT) == (framing.TEXT, b"whole")
    assert reader.next(LIMIT) is None
    assert not reader.empty
    reader.feed(data[3:])
    assert reader.next(LIMIT) == (framing.TEXT, b"whole")
    assert reader.next(LIMIT) is None
    assert reader.empty


def test_a_text_without_its_last_fragment_keeps_the_reader() -> None:
    reader = framing.Reader()
    reader.feed(client_frame(Opcode.TEXT, b"", fin=False))
    assert reader.next(LIMIT) is None
    assert not reader.empty


@given(st.sampled_from([framing.TEXT, framing.PING]), st.binary(max_size=70_000))
def test_the_server_s_frames_are_read_by_others(opcode: int, payload: bytes) -> None:
    payload = payload[:125] if opcode == framing.PING else payload
    stream = StreamReader()
    stream.feed_data(framing.encode(opcode, payload))
    parser = Frame.parse(stream.read_exact, mask=False, max_size=None)
    with pytest.raises(StopIteration) as parsed:
        next(parser)
    assert parsed.value.value == Frame(Opcode(opcode), payload)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536, 70_000])
def test_lengths_at_the_edges_survive_both_ways(size: int) -> None:
    data = b"a" * size
    encoded = framing.encode(framing.TEXT, data)
    assert encoded == Frame(Opcode.TEXT, data).serialize(mask=False)
    assert take(client_frame(Opcode.TEXT, data), limit=size) == [(framing.TEXT, data)]


def header(first: int, second: int, extended: bytes = b"") -> bytes:
    return bytes((first, second)) + extended


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (header(0x81, 0x01) + b"a", 1002),  # not masked
        (header(0xC1, 0x80), 1002),  # compressed: nobody agreed to that
        (header(0xA1, 0x80), 1002),
        (header(0x91, 0x80), 1002),
        (header(0x83, 0x80), 1002),  # an opcode that means nothing
        (header(0x8B, 0x80), 1002),
        (header(0x09, 0x80), 1002),  # a ping in fragments
        (header(0x89, 0xFE), 1002),  # a ping of more than 125 bytes
        (header(0x80, 0x80), 1002),  # the end of nothing
        (client_frame(Opcode.TEXT, b"a", fin=False) + client_frame(Opcode.TEXT, b"b"), 1002),
        (header(0x81, 0xFE, (125).to_bytes(2, "big")), 1002),  # a length longer than needed
        (header(0x81, 0xFF, (65_535).to_bytes(8, "big")), 1002),
        (client_frame(Opcode.BINARY, b"a"), 1003),
        (client_frame(Opcode.TEXT, b"\xff"), 1007),
        (client_frame(Opcode.TEXT, b"\xed\xa0\x80"), 1007),  # a lone surrogate
        (client_frame(Opcode.TEXT, b"\xc3", fin=False) + client_frame(Opcode.CONT, b""), 1007),
    ],
    # The mask is random: without names each run would have other tests.
    ids=[
        *("not masked", "compressed", "rsv2", "rsv3", "opcode 3", "opcode 11", "ping in fragments"),
        *("ping too long", "end of nothing", "text within text", "length 16 too long"),
        *("length 64 too long", "binary", "no utf-8", "lone surrogate", "cut utf-8"),
    ],
)
def test_what_a_client_may_not_send_is_refused_with_its_code(data: bytes, code: int) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("length", [LIMIT + 1, 30_000_000, 2**63, 2**64 - 1])
def test_a_message_too_long_is_refused_by_its_header_alone(length: int) -> None:
    assert refusal(header(0x81, 0xFF, length.to_bytes(8, "big"))) == 1009


def test_fragments_are_measured_together() -> None:
    first = client_frame(Opcode.TEXT, b"a" * 40_000, fin=False)
    assert take(first + client_frame(Opcode.CONT, b"a" * (LIMIT - 40_000)))
    too_long = (LIMIT - 40_000 + 1).to_bytes(2, "big")
    assert refusal(first + header(0x80, 0xFE, too_long)) == 1009


def test_a_utf8_character_may_be_cut_by_fragments() -> None:
    data = "🚚".encode()
    pieces = client_frame(Opcode.TEXT, data[:2], fin=False) + client_frame(Opcode.CONT, data[2:])
    assert take(pieces) == [(framing.TEXT, data)]


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1007, 1011, 1012, 1014, 3000, 4000, 4999])
def test_a_close_is_answered_with_its_own_code(code: int) -> None:
    echo = framing.close_echo(Close(code, "bye").serialize())
    assert echo == b"\x88\x02" + code.to_bytes(2, "big")


def test_a_close_without_a_code_is_answered_without_one() -> None:
    assert framing.close_echo(b"") == b"\x88\x00"


@pytest.mark.parametrize(
    ("payload", "code"),
    [(b"\x03", 1002)]
    + [(n.to_bytes(2, "big"), 1002) for n in (0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535)]
    + [(b"\x03\xe8\xff", 1007)],
)
def test_a_close_that_means_nothing_is_refused(payload: bytes, code: int) -> None:
    with pytest.raises(framing.Violation) as refused:
        framing.close_echo(payload)
    assert refused.value.code == code


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_reason_is_cut_between_characters(reason: str) -> None:
    frame = framing.close_frame(4401, reason)
    close = Close.parse(frame[2:])
    assert len(frame) <= 127
    assert close.code == 4401
    assert reason.startswith(close.reason)
