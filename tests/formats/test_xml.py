"""XML from strangers is elements and text, or it is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taktvoll.errors import UnreadableInput
from taktvoll.formats.xml import DEEPEST, parse


def test_names_come_with_their_namespace():
    root = parse(b'<D:a xmlns:D="DAV:" xmlns="urn:x"><b D:c="d">text</b></D:a>')
    assert root.tag == "{DAV:}a"
    assert [(each.tag, each.text, each.attrib) for each in root] == [
        ("{urn:x}b", "text", {"{DAV:}c": "d"})
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>Grüße</a>'
    assert parse(text.encode(encoding)).text == "Grüße"


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE a><a/>',
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>&b;</a>", "<a>", "", "text", "<a/><b/>", "<a></b>",
        "<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1),
        "<a>" + "<b/>" * 100_000 + "</a>",
    ],
    ids=lambda document: document[:20],
)  # fmt: skip
def test_what_is_more_is_refused(document):
    with pytest.raises(UnreadableInput) as raised:
        parse(document.encode())
    assert raised.value.code == "not_xml"


def test_as_deep_as_allowed_is_read():
    assert parse(b"<a>" * DEEPEST + b"</a>" * DEEPEST).tag == "a"


@given(st.binary(max_size=200) | st.text("<>/&;a=\"' !?[]-", max_size=80).map(str.encode))
def test_nothing_else_is_raised(document):
    with suppress(UnreadableInput):
        parse(document)
