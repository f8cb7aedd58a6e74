"""The language of find lines: what a career adviser writes, and the patterns it stands for.

    man (hören|lesen) … (schlecht|"nichts Gutes")     words in this order
    Termin & absagen                                  both in one sentence, in any order
    sehr? leid tun                                    a word that may be missing

A bare word is a lemma and stands for all its forms; ``*schmerz`` stands for every word that ends
so, ``krebs*`` for every word that begins so; ``"Sie"`` is exactly that; ``#`` is a number; ``…`` is
up to five words, ``…2`` up to two; ``[family]`` is a group of ``words/``; ``"?"`` stands at the end
of a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

_GAP = 5
_MOST = 400  # patterns that one line may stand for
_TOKEN = re.compile(
    r"""[\s,]*(?:
        (?P<exact>"[^"]*")(?P<exact_opt>\??)
      | (?P<open>\() | (?P<close>\)\??) | (?P<bar>\|) | (?P<and>&)
      | (?P<gap>(?:…|\.\.\.)\d?)
      | \[(?P<group>[\w-]+)\](?P<group_opt>\??)
      | (?P<number>\#)(?P<number_opt>\??)
      | (?P<word>\*?[^\W\d_][\w'’.-]*\*?|\d[\w.]*)(?P<word_opt>\??)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One word of a find line. ``kind``: lemma, exact, ending, beginning or number."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of ``atoms``, at most ``gap`` words after the step before."""

    atoms: frozenset[Atom]
    gap: int


Part = tuple[Step, ...]
Pattern = tuple[Part, ...]  # all parts in one sentence


class PhraseError(Exception):
    """What is wrong with a find line: a short code and the words it is about."""

    def __init__(self, code: str, about: str) -> None:
        super().__init__(code, about)
        self.code = code
        self.about = about


def patterns(line: str, groups: Mapping[str, Sequence[str]]) -> list[Pattern]:
    """All patterns that a find line stands for. Raises PhraseError."""
    tree = _Reader(line, groups).whole()
    expanded = [_expand(part) for part in tree]
    if any(not part for parts in expanded for part in parts):
        raise PhraseError("empty", line)
    found = list(product(*expanded))
    if len(found) > _MOST:
        raise PhraseError("too_many", line)
    return found


# An element is (alternatives, may be missing); an alternative is a sequence of elements; a gap is
# an int. The tree of a line is a sequence of such sequences, one for each part.
_Element = tuple[list[list["_Node"]], bool]
_Node = _Element | Atom | int


class _Reader:
    """A recursive descent over one find line; groups are read in their place."""

    def __init__(self, line: str, groups: Mapping[str, Sequence[str]], depth: int = 0) -> None:
        self.line = line
        self.groups = groups
        self.depth = depth
        self.at = 0
        if depth > 5:
            raise PhraseError("too_deep", line)

    def whole(self) -> list[list[_Node]]:
        parts = [self.sequence()]
        while self.peek() == "and":
            self.take()
            parts.append(self.sequence())
        if self.peek():
            raise PhraseError("syntax", self.line[self.at :])
        return parts

    def sequence(self) -> list[_Node]:
        nodes: list[_Node] = []
        while (kind := self.peek()) not in (None, "bar", "close", "and"):
            found = self.take()
            if kind == "open":
                nodes.append(self.alternatives())
            elif kind == "gap":
                nodes.append(int(found["gap"].lstrip("….") or _GAP))
            elif kind == "group":
                nodes.append(self.group(found["group"], bool(found["group_opt"])))
            else:
                nodes.append(self.word(kind or "", found))
        return nodes

    def alternatives(self) -> _Element:
        options = [self.sequence()]
        while self.peek() == "bar":
            self.take()
            options.append(self.sequence())
        if self.peek() != "close":
            raise PhraseError("unclosed", self.line)
        return options, self.take()["close"].endswith("?")

    def group(self, name: str, optional: bool) -> _Element:
        if name not in self.groups:
            raise PhraseError("unknown_group", name)
        options = [
            option
            for line in self.groups[name]
            for option in _Reader(line, self.groups, self.depth + 1).whole()
        ]
        return options, optional

    def word(self, kind: str, found: re.Match[str]) -> _Node:
        if kind == "number":
            return [[Atom("number", "")]], bool(found["number_opt"])
        if kind == "exact":
            words = found["exact"][1:-1].split()
            return [[Atom("exact", word) for word in words]], bool(found["exact_opt"])
        word = found["word"]
        atom = Atom("lemma", word)
        if word.startswith("*"):
            atom = Atom("ending", word.strip("*"))
        elif word.endswith("*"):
            atom = Atom("beginning", word.strip("*"))
        return [[atom]], bool(found["word_opt"])

    def peek(self) -> str | None:
        if not self.line[self.at :].strip(" \t,"):
            return None
        found = _TOKEN.match(self.line, self.at)
        if not found:
            raise PhraseError("syntax", self.line[self.at :].strip())
        return next(
            name
            for name in ("exact", "open", "close", "bar", "and", "gap", "group", "number", "word")
            if found[name] is not None
        )

    def take(self) -> re.Match[str]:
        found = _TOKEN.match(self.line, self.at)
        assert found
        self.at = found.end()
        return found


def _expand(nodes: Sequence[_Node]) -> list[Part]:
    """The flat step sequences of one part; single words side by side become one step."""
    results: list[tuple[tuple[Step, ...], int]] = [((), 0)]
    for node in nodes:
        if isinstance(node, int):
            results = [(steps, gap + node) for steps, gap in results]
            continue
        options = _options(node)
        extended: list[tuple[tuple[Step, ...], int]] = []
        for steps, gap in results:
            for option in options:
                if not option:
                    extended.append((steps, gap))
                    continue
                first = Step(option[0].atoms, gap if steps else 0)
                extended.append(((*steps, first, *option[1:]), 0))
        results = extended
        if len(results) > _MOST:
            raise PhraseError("too_many", "")
    return [steps for steps, _gap in results]


def _options(node: _Node) -> list[Part]:
    """What may stand in the place of ``node``: the empty part where it may be missing."""
    if isinstance(node, Atom):
        return [(Step(frozenset({node}), 0),)]
    assert isinstance(node, tuple)
    alternatives, optional = node
    single: set[Atom] = set()
    longer: list[Part] = []
    for alternative in alternatives:
        for part in _expand(alternative):
            if len(part) == 1:
                single |= part[0].atoms
            else:
                longer.append(part)
    options: list[Part] = list(longer)
    if single:
        options.append((Step(frozenset(single), 0),))
    if optional:
        options.append(())
    return options
