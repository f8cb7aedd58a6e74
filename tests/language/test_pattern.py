"""Expressions that are compiled late search as those that are compiled at once."""

from __future__ import annotations

import re

import pytest

from taktvoll.language.pattern import Pattern


def test_it_searches_as_re_does() -> None:
    late, at_once = Pattern(r"b\w", re.IGNORECASE), re.compile(r"b\w", re.IGNORECASE)
    text = "ab Bc bd"
    assert late.search(text, 2)[0] == at_once.search(text, 2)[0] == "Bc"  # type: ignore[index]
    assert [hit.span() for hit in late.finditer(text, 2, 7)] == [
        hit.span() for hit in at_once.finditer(text, 2, 7)
    ]
    assert late.findall(text) == at_once.findall(text)
    assert late.sub("x", text) == at_once.sub("x", text)
    assert (late.match(text), late.fullmatch("bd") is not None) == (None, True)


def test_nothing_is_compiled_before_it_is_needed() -> None:
    broken = Pattern("(")
    with pytest.raises(re.error):
        broken.search("")
