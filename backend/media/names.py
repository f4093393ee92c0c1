"""Names of files: from people, so they say nothing that a folder, a header or an eye would obey."""

import mimetypes
import re
import unicodedata

LONGEST = 100
_SEPARATORS = re.compile(r"[/\\:]")
_FORBIDDEN = re.compile(r'["<>|?*%;]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_EXTENSIONS = {"image/jpeg": ".jpg", "text/vcard": ".vcf", "video/3gpp": ".3gp"}


def clean(name: str, content_type: str) -> str:
    """``name`` without folders, control and invisible characters (newlines, bidi overrides), and
    with the ending that belongs to what the file is; ``file`` where nothing is left."""
    name = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    # C: controls, formats such as U+202E, surrogates, unassigned; Zl and Zp: line separators.
    name = "".join(
        each
        for each in name
        if unicodedata.category(each)[0] != "C" and unicodedata.category(each) not in ("Zl", "Zp")
    )
    stem = _EXTENSION.sub("", _FORBIDDEN.sub("", name)).strip(" .")
    ending = extension(content_type)
    return (stem[: LONGEST - len(ending)].strip(" .") or "file") + ending


def extension(content_type: str) -> str:
    """With its dot; ``.bin`` for what is not known."""
    return _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
