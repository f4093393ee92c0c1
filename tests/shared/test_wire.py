"""The golden frames are the contract in the open: both sides' tests read the same files."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import typescript, wire

FRAMES = Path(wire.__file__).parent.parent / "frames"
BY_TYPE = {
    frame.__struct_config__.tag: frame for frame in (*wire.CLIENT_FRAMES, *wire.SERVER_FRAMES)
}
REFUSED = sorted((FRAMES / "refused").glob("*.json"))


def golden(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def test_every_frame_has_a_golden_and_every_golden_a_frame():
    assert {path.stem for path in FRAMES.glob("*.json")} == set(BY_TYPE)


@pytest.mark.parametrize("frame", BY_TYPE.values(), ids=lambda frame: frame.__name__)
def test_a_golden_decodes_and_encodes_to_itself(frame):
    path = FRAMES / f"{frame.__struct_config__.tag}.json"
    decoded = msgspec.json.decode(path.read_bytes(), type=frame)
    assert json.loads(wire.encode(decoded)) == golden(path)


@pytest.mark.parametrize("frame", wire.CLIENT_FRAMES, ids=lambda frame: frame.__name__)
def test_the_backend_takes_what_the_client_may_send(frame):
    path = FRAMES / f"{frame.__struct_config__.tag}.json"
    assert type(wire.decode(path.read_bytes())) is frame


@pytest.mark.parametrize("frame", wire.SERVER_FRAMES, ids=lambda frame: frame.__name__)
def test_the_backend_refuses_frames_that_only_it_may_send(frame):
    with pytest.raises(wire.Refused) as refused:
        wire.decode((FRAMES / f"{frame.__struct_config__.tag}.json").read_bytes())
    assert refused.value.reason == "unknown_type"


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_must_be_refused_is_refused_with_its_reason(path):
    case = golden(path)
    with pytest.raises(wire.Refused) as refused:
        wire.decode(case["frame"].encode("utf-8", "surrogatepass"))
    assert refused.value.reason == case["reason"]


def test_a_refusal_names_the_request_so_that_the_client_can_tell_which():
    frame = b'{"type":"message.send","v":1,"ref":"aaaaaaaa","conversation":0,"body":"hi"}'
    with pytest.raises(wire.Refused) as refused:
        wire.decode(frame)
    assert refused.value.request == "aaaaaaaa"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_a_refusal(data):
    try:
        wire.decode(data)
    except wire.Refused as refused:
        assert refused.reason in {"malformed", "unknown_type", "version"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(BY_TYPE)), st.dictionaries(st.text(max_size=12), JSON))
def test_any_fields_on_a_known_type_are_a_frame_or_a_refusal(kind, fields):
    data = json.dumps({**fields, "type": kind, "v": 1}).encode()
    try:
        wire.decode(data)
    except wire.Refused as refused:
        assert refused.reason in {"malformed", "unknown_type"}


def test_the_typescript_is_fresh():
    assert typescript.TARGET.read_text("utf-8") == typescript.render()
