"""Bytes to text whatever the label says, and text without what has no business in it."""

from __future__ import annotations

import codecs
import re

# Python has them as codecs; as the charset of a mail they are a trick or a mistake.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
# What mail programs label so is in truth the Windows page (as in the WHATWG Encoding Standard).
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "utf-8", "iso8859-9": "cp1254", "gb2312": "gb18030"}
# Embeddings, overrides and isolates (UAX #9 §2) make a line look like another one.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def decode(data: bytes, charset: str) -> str:
    """``data`` as text: by its byte order mark, in ``charset``, in UTF-8, at last in cp1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    for candidate in (_codec(charset), "utf-8"):
        try:
            return data.decode(candidate)
        except (UnicodeError, LookupError):  # zlib and its like are codecs, but not of text
            continue
    return data.decode("cp1252", "replace")


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return "utf-8"
    if name in _NO_CHARSETS or name.replace("-", "_") in _NO_CHARSETS:
        return "utf-8"
    return _WINDOWS.get(name, name)


def plain_text(text: str) -> str:
    """``text`` with ``\\n`` as its only line end and without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return _CONTROLS.sub("", text).removeprefix("\ufeff")
