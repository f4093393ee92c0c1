"""Why a text failed, in words that a rep can act on. Codes are Twilio's."""

GATE = 1
"""Our own code: the send gate refused the text when its turn came."""
OPTED_OUT = 21610
"""Twilio: the recipient has opted out, so our ledger was behind."""
SENT_AGAIN = "It was sent again, as another text."
"""The cause of a text that was left in doubt."""

WORDS: dict[int, str] = {
    GATE: "Not sent: texting this person was no longer allowed when its turn came.",
    11200: "The carrier couldn't fetch the picture or file. Try again.",
    11751: "The pictures and files are too large for one text. Send fewer, or smaller ones.",
    12300: "The carrier doesn't take files of this kind. Send a JPEG or PNG.",
    20003: "The carrier refused our credentials. Tell your admin.",
    21211: "This is not a valid mobile number. Check it in the CRM.",
    21212: "Your number can't send texts. Tell your admin.",
    21408: "Texting this country is switched off. Tell your admin.",
    21606: "Your number can't send texts. Tell your admin.",
    21608: "The carrier account is a trial and texts verified numbers only. Tell your admin.",
    OPTED_OUT: "This person has opted out. They can reply START to hear from you again.",
    21611: "Too many texts were waiting on your number. Try again later.",
    21612: "Your number can't reach this one.",
    21614: "This is not a mobile number. Check it in the CRM.",
    21617: "The text is too long.",
    21620: "The carrier can't fetch pictures from this backend. Tell your admin.",
    21623: "A text takes at most 10 pictures or files.",
    30001: "Too many texts were waiting on your number. Try again later.",
    30003: "The phone is off or out of reach. Try again later.",
    30004: "The carrier or the phone blocks texts from you.",
    30005: "This number is not in use. Check it in the CRM.",
    30006: "This is a landline, or its carrier can't be reached.",
    30007: "The carrier took the text for spam. Reword it before you try again.",
    30008: "The carrier did not say why. Try again.",
    30019: "The text with its pictures is too large for their carrier. Make them smaller.",
    30022: "Your number sends too fast for its registration. Try again later.",
    30023: "Your company's daily limit with the carrier is used up. Try again tomorrow.",
    30027: "Your company's daily limit with the carrier is used up. Try again tomorrow.",
    30032: "Your toll-free number is not verified. Tell your admin.",
    30034: "Your number is not registered for business texting (A2P 10DLC). Tell your admin.",
    30035: "Your number's registration is still pending. Tell your admin.",
    63038: "The carrier account's daily limit is used up. Try again tomorrow.",
}


def explain(status: str, code: int | None, cause: str = "") -> str:
    """The sentence under the bubble; empty where nothing went wrong. ``cause`` is our own, of the
    gate that refused it or of whatever canceled it."""
    if cause:
        return cause
    if status == "unknown":
        return "May not have been sent. Ask before you send it again, or it could arrive twice."
    if status not in ("failed", "undelivered"):
        return ""
    if code is None:
        return "The carrier did not deliver it."
    return WORDS.get(code, f"The carrier did not deliver it (error {code}).")
