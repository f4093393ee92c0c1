import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.messaging.keywords import HELP, START, STOP, keyword

INVISIBLE = "\u200b\u200d\u200e\u200f\u202e\ufe0f\ufeff\u2060"


@pytest.mark.parametrize("word", sorted(STOP))
def test_every_stop_word_of_twilio_and_the_fcc_stops(word):
    assert keyword(word.upper()) == "stop"


@pytest.mark.parametrize(
    "body",
    [
        *(
            "STOP",
            "stop.",
            " Stop! ",
            "Stop!!",
            "Opt out",
            "OPT-OUT",
            "opt_out",
            "ＳＴＯＰ",
            "Revoke",
        ),
        *(
            "stop\n",
            "“STOP”",
            "S.T.O.P.",
            "STOP ALL",
            "stop 🛑",
            "🛑STOP🛑",
            "\u202eSTOP",
            "STOP\u200d",
        ),
        *("STOP STOP STOP", "stop stop", "STOP 2 END", "stop2end", "Stop. Unsubscribe. Quit!"),
        *("\ufeffstop", "UNSUBSCRİBE", "ﬆop", "𝐒𝐓𝐎𝐏"),
    ],
)
def test_the_whole_message_being_a_stop_word_stops(body):
    assert keyword(body) == "stop"


@pytest.mark.parametrize("body", ["START", "unstop", "Unstop.", "ｓｔａｒｔ"])
def test_start_words_start(body):
    assert keyword(body) == "start"


@pytest.mark.parametrize("body", ["Yes", "YES!", "yes."])
def test_yes_starts_too_but_not_on_toll_free_numbers_and_never_as_plainly(body):
    assert keyword(body) == "yes"
    assert keyword(body, "short_code") == "yes"
    assert keyword(body, "toll_free") is None


@pytest.mark.parametrize("body", ["HELP", "help?", "Info"])
def test_help_words_ask_for_help(body):
    assert keyword(body) == "help"


@pytest.mark.parametrize(
    "body",
    [
        *("cancel my 3pm", "don't stop", "", "end of month?", "yes please", "stop by tomorrow?"),
        *(
            "stop\n-- \nMaya, sent from my phone",
            "stóp",
            "ΣTOP",
            "end to end",
            "end2end",
            "stop start",
            "start now",
            "🛑",
            "…",
        ),
    ],
)
def test_a_word_inside_a_sentence_means_nothing(body):
    assert keyword(body) is None


@given(st.sampled_from(sorted(STOP | START | HELP)), st.data())
def test_punctuation_case_and_invisible_marks_change_nothing(word, data):
    around = st.text(st.sampled_from(" .,!?'\"-_()\n\t🙏" + INVISIBLE), max_size=3)
    body = "".join(
        data.draw(around) + data.draw(st.sampled_from([each, each.upper()])) for each in word
    )
    assert keyword(body + data.draw(around)) == keyword(word)


@given(st.text(max_size=60), st.sampled_from(["STOP", "START", "HELP", "stop ", ""]))
def test_what_twilios_advanced_opt_out_took_a_text_for_decides_but_a_stop_word_always_stops(
    body, told
):
    plain = keyword(body)
    if plain == "stop" or not told:
        assert keyword(body, opt_out_type=told) == plain
    else:
        assert keyword(body, opt_out_type=told) == told.strip().lower()
