import pytest

from backend.messaging.keywords import keyword


@pytest.mark.parametrize(
    "body", ["STOP", "stop.", " Stop! ", "Opt out", "OPT-OUT", "ＳＴＯＰ", "Revoke"]
)
def test_the_whole_message_being_a_stop_word_stops(body):
    assert keyword(body) == "stop"


@pytest.mark.parametrize("body", ["START", "unstop", "Yes"])
def test_start_words_start(body):
    assert keyword(body) == "start"


@pytest.mark.parametrize("body", ["cancel my 3pm", "don't stop", "", "end of month?", "yes please"])
def test_a_word_inside_a_sentence_means_nothing(body):
    assert keyword(body) is None
