"""A text cut into words and sentences, and compiled patterns found in it in linear time.

A pattern hangs on its rarest word (its anchor), so that a word which no pattern knows costs one
look into a dictionary. From the anchor a match grows step by step to both sides; as a step looks
at most a few words ahead, the work for one anchor is bounded whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from taktvoll.content.lemmas import fold, squeezed

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[-'’][^\W_]+)*|(?P<stop>[.!?…]+|\n\s*)")
_CLOSING_MARKS = '"“”»«)'
_LONG = 48  # letters of a word; a longer one is only looked up whole
_LONG_ENOUGH = 8  # letters; a shorter unknown word is too easily another word
_SHORT_LINE = 45  # code points: a line that short was not wrapped
_LONGEST = 120  # words of a sentence; a text without full stops is cut here
_ABBREVIATIONS = frozenset(
    [
        "dr",
        "prof",
        "mag",
        "ing",
        "dipl",
        "bzw",
        "ca",
        "usw",
        "evtl",
        "ggf",
        "inkl",
        "nr",
        "str",
        "st",
        "tel",
        "z",
        "b",
        "d",
        "h",
        "u",
        "a",
        "o",
        "s",
        "i",
        "v",
        "m",
        "p",
        "e",
        "ff",
        "vgl",
        "mr",
        "mrs",
        "ms",
        "jan",
        "feb",
        "apr",
        "aug",
        "sept",
        "sep",
        "okt",
        "oct",
        "nov",
        "dez",
        "dec",
        "etc",
        "min",
        "std",
        "hr",
        "fr",
        "co",
    ]
)
_NUMBERS = frozenset(
    [
        "zwei",
        "drei",
        "vier",
        "fuenf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwoelf",
        "hundert",
        "tausend",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "hundred",
        "thousand",
    ]
)


QUESTION = "?"
PAGE = 2  # letters that the words of a page share


def look_up(pages: dict[str, str], word: str) -> list[int]:
    """The classes of ``word`` in a table of pages."""
    page = pages.get(word[:PAGE], "")
    at = page.find(f"\n{word} ")
    if at < 0:
        return []
    return [int(number) for number in page[at + len(word) + 2 : page.index("\n", at + 1)].split()]


class Text:
    """A text with its words: ``raw``, ``folded``, ``starts``, ``ends`` side by side.

    ``sentences`` are ranges of word indices; ``spans`` the code points that each sentence covers.
    """

    __slots__ = ("ends", "folded", "raw", "sentences", "spans", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[str] = []
        self.folded: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        self.spans: list[tuple[int, int]] = []
        begin = 0
        raw, folded, starts, ends = self.raw, self.folded, self.starts, self.ends
        for found in _WORD.finditer(text):
            if found.lastgroup is None:
                word = found[0]
                start, end = found.span()
                raw.append(word)
                folded.append(fold(word))
                starts.append(start)
                ends.append(end)
                if len(raw) - begin >= _LONGEST:
                    begin = self._close(begin, end)
            elif len(raw) > begin and self._ends_here(found):
                if "?" in found[0]:
                    self._ask(found)
                begin = self._close(begin, found.start() if found[0][0] == "\n" else found.end())
        if len(raw) > begin:
            self._close(begin, len(text))

    def _ask(self, stop: re.Match[str]) -> None:
        """Keep a question mark as a word, for lines that look for a question."""
        self.raw.append(QUESTION)
        self.folded.append(QUESTION)
        self.starts.append(stop.start())
        self.ends.append(stop.end())

    def _close(self, begin: int, end: int) -> int:
        self.sentences.append((begin, len(self.raw)))
        self.spans.append((self.starts[begin], end))
        return len(self.raw)

    def _ends_here(self, stop: re.Match[str]) -> bool:
        if stop[0][0] == "\n":  # a blank line, or a line that was ended early
            if stop[0].count("\n") > 1:
                return True
            return stop.start() - self.text.rfind("\n", 0, stop.start()) < _SHORT_LINE
        if stop[0] != ".":
            return True
        if stop.start() != self.ends[-1]:
            return True
        last = self.folded[-1]
        following = self.text[stop.end() : stop.end() + 3].lstrip(_CLOSING_MARKS)
        if following and not following[0].isspace():
            return False
        after = following.lstrip()
        if last in _ABBREVIATIONS and not (after and "\n\n" in following):
            return last in ("min", "co", "std") and after[:1].isupper()
        if last.isdigit() and len(last) <= 2:  # an ordinal: "am 9. Dezember", "der 15."
            return "\n\n" in following or not after
        return not (after and after[0].islower() and "\n" not in following)


class Match(NamedTuple):
    """Where a pattern was found: first and last word, in the sentence ``sentence``."""

    pattern: int
    first: int
    last: int
    sentence: int


# By rarest class of its patterns: those that are this class alone, and by second rarest class those
# that need more, each with all classes that it needs.
Anchors = dict[int, tuple[list[int], dict[int, list[tuple[int, frozenset[int]]]]]]


@dataclass(slots=True)
class Matcher:
    """Patterns over word classes. Built once from a compiled pack, then only read.

    ``words`` and ``slips`` are pages of lines "word class class …", by how the words begin.
    ``slips`` knows long words by what is left of them when they are misspelt (``squeezed``).
    ``parts[p]`` are the parts of pattern ``p``; a part is a sequence of (class, gap before).
    """

    words: dict[str, str]
    exact: dict[str, list[int]]
    endings: dict[str, list[int]]
    beginnings: dict[str, list[int]]
    numbers: list[int]
    slips: dict[str, str]
    parts: list[list[list[tuple[int, int]]]]
    rarity: list[int]
    _anchors: Anchors = field(default_factory=dict)
    _anchor_at: list[list[int]] = field(default_factory=list)
    _seen: dict[str, frozenset[int]] = field(default_factory=dict)
    steps_taken: int = 0  # work done so far, for the test of linear time

    def __post_init__(self) -> None:
        for parts in self.parts:
            at = [max(range(len(p)), key=lambda i: self.rarity[p[i][0]]) for p in parts]
            self._anchor_at.append(at)
        for index, parts in enumerate(self.parts):
            needed = {cls for part in parts for cls, _gap in part}
            rarest, *others = sorted(needed, key=self.rarity.__getitem__, reverse=True)
            alone, more = self._anchors.setdefault(rarest, ([], {}))
            if self.alone(index):
                alone.append(index)
            else:
                second = others[0] if others else rarest
                more.setdefault(second, []).append((index, frozenset(needed)))

    def alone(self, pattern: int) -> bool:
        """Whether the pattern is a single word."""
        return len(self.parts[pattern]) == len(self.parts[pattern][0]) == 1

    def of_class(self, cls: int) -> Sequence[int]:
        """The patterns that are a word of the class ``cls`` and nothing more."""
        return self._anchors[cls][0] if cls in self._anchors else ()

    def anchored(self, wanted: Callable[[int], bool]) -> Anchors:
        """The patterns that are ``wanted``, by the classes that each hangs on."""
        kept: Anchors = {}
        for rarest, (alone, more) in self._anchors.items():
            words = [index for index in alone if wanted(index)]
            others = {
                second: found
                for second, patterns in more.items()
                if (found := [each for each in patterns if wanted(each[0])])
            }
            if words or others:
                kept[rarest] = (words, others)
        return kept

    def find(self, text: Text, anchors: Anchors | None = None) -> list[Match]:
        """All matches in ``text``, sentence by sentence; of one pattern they do not overlap.

        ``anchors`` (from ``anchored``) are the patterns to look for; without them all are.
        """
        anchors = self._anchors if anchors is None else anchors
        found: list[Match] = []
        seen, classes_of = self._seen, self.classes_of
        classes = [
            seen.get(raw) or classes_of(raw, low)
            for raw, low in zip(text.raw, text.folded, strict=True)
        ]
        for number, (begin, end) in enumerate(text.sentences):
            present = frozenset().union(*classes[begin:end])
            for cls in present & anchors.keys():
                alone, more = anchors[cls]
                for pattern in alone:
                    found += [
                        Match(pattern, at, at, number)
                        for at in range(begin, end)
                        if cls in classes[at]
                    ]
                for second in present & more.keys():
                    for pattern, needed in more[second]:
                        if needed <= present:
                            found += self._matches(pattern, classes, begin, end, number)
        return found

    def _matches(
        self,
        pattern: int,
        classes: Sequence[frozenset[int]],
        begin: int,
        end: int,
        sentence: int,
    ) -> Iterator[Match]:
        spans: list[tuple[int, int]] = []
        for part, anchor in zip(self.parts[pattern], self._anchor_at[pattern], strict=True):
            rarest = part[anchor][0]
            places = [at for at in range(begin, end) if rarest in classes[at]]
            hits = list(self._part(part, anchor, places, classes, begin, end))
            if not hits:
                return
            if len(self.parts[pattern]) == 1:
                last = -1
                for first, stop in hits:
                    if first > last:
                        last = stop
                        yield Match(pattern, first, stop, sentence)
                return
            spans.append(hits[0])
        yield Match(pattern, min(s[0] for s in spans), max(s[1] for s in spans), sentence)

    def _part(
        self,
        part: Sequence[tuple[int, int]],
        anchor: int,
        places: Iterable[int],
        classes: Sequence[frozenset[int]],
        begin: int,
        end: int,
    ) -> Iterator[tuple[int, int]]:
        for place in places:
            rightmost = {place}
            for cls, gap in part[anchor + 1 :]:
                rightmost = {
                    at
                    for base in rightmost
                    for at in range(base + 1, min(base + 2 + gap, end))
                    if cls in classes[at]
                }
                self.steps_taken += 1 + gap
            if not rightmost:
                continue
            leftmost = {place}
            for index in range(anchor, 0, -1):
                gap, cls = part[index][1], part[index - 1][0]
                leftmost = {
                    at
                    for base in leftmost
                    for at in range(max(base - 1 - gap, begin), base)
                    if cls in classes[at]
                }
                self.steps_taken += 1 + gap
            if leftmost:
                yield max(leftmost), min(rightmost)

    def classes_of(self, raw: str, folded: str) -> frozenset[int]:
        """The classes to which a word belongs, as it is written or as it may be misspelt."""
        known = self._seen.get(raw)
        if known is not None:
            return known
        found = set(look_up(self.words, folded))
        found.update(self.exact.get(raw, ()))
        if len(folded) <= _LONG:
            for cut in range(2, len(folded)):
                found.update(self.endings.get(folded[cut:], ()))
                found.update(self.beginnings.get(folded[: cut + 1], ()))
            found.update(self.endings.get(folded, ()))
        if self.numbers and (folded[0].isdigit() or folded in _NUMBERS):
            found.update(self.numbers)
        if not found and _LONG_ENOUGH <= len(folded) <= _LONG:
            found.update(look_up(self.slips, squeezed(folded)))
        result = frozenset(found)
        if len(self._seen) < 20_000 and len(raw) <= _LONG:
            self._seen[raw] = result
        return result
