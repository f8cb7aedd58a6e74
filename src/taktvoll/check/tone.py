"""What a sentence sounds like: signs that it carries, and weights that were learned for them.

Whether a sentence begs, blames or tells too much is said in too many ways for a list, so it is told
as the kind of a message is (``taktvoll.read.kind``): by *signs*, whose weights were learned from
sentences that people have sorted. A sign is a short string; what it may look like:

========================  =======================================================================
``fieber``                a word, folded (``taktvoll.content.lemmas.fold``); ``0`` is a number
``nicht mehr``            two words that follow each other
``fiebe-`` ``-ieber``     how a longer word begins or ends, so that compounds know each other
``[health.state]``        a line of that rule stands in the sentence
``[blame.signs bei Ihnen]``  a line of that sign of the rule
``=2``                    the length, in steps of five words; ``=`` alone is always there
========================  =======================================================================

The rules of the kind ``tone`` are thus both: evidence that is weighed, and the words that explain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from taktvoll.content.files import BUILT_IN
from taktvoll.model import Category, Language, Severity

TONES = (
    *(Category.OVERSHARE_HEALTH, Category.OVERSHARE_PRIVATE, Category.OVERSHARE_OFFER),
    *(Category.GROVEL, Category.BLAME, Category.DRAMA, Category.OVERJUSTIFY, Category.VAGUE),
    *(Category.MT_GERMAN, Category.INFORMAL),
)
"""The categories that are learned. Before their columns stands one for all of them together: how
little a sentence is what one expects in a letter."""

SHARE = 0.35  # of the weight for all of them together that counts for each of them
ENOUGH = {Language.DE: 5.0, Language.EN: 15.0}  # hundredths; what a sentence must weigh
CERTAIN = 20.0  # so much more where the finding is an error: a good letter must not be held up
CLAUSE = 40.0  # so much more a clause must weigh than a sentence: it says less
ALSO = 100.0  # what a sentence must weigh to be something besides what it is most
_SUSPECT = -90.0  # below that for all together, none of them is ever enough

Columns = tuple[int, ...]
Scores = list[float]
"""How much speaks for each tone; empty where it is clearly none."""


class Weights:
    """The weights of a language, from the ``text`` of its file: text until they are needed.

    ``enough`` is what a sentence must weigh to be something that is a warning.
    """

    def __init__(self, enough: float, text: str) -> None:
        head, _, rows = text.partition("\n")
        _, *tones = head.partition("\t")[2].split()
        self.tones = tuple(map(Category, tones))
        self.enough = tuple(
            enough + CERTAIN * (tone.severity is Severity.ERROR) for tone in self.tones
        )
        fields = rows.rstrip("\n").replace("\n", "\t").split("\t")
        self._written = dict(zip(fields[::2], fields[1::2], strict=True))
        self._words: dict[str, tuple[str, int, tuple[Columns, ...]]] = {}

    def of(self, sign: str) -> Columns | None:
        """The weights of ``sign`` in hundredths: for all tones, then for each of ``tones``."""
        written = self._written.get(sign)
        return None if written is None else _numbers(written)

    def of_sentence(self, words: Sequence[str], evidence: Iterable[str]) -> list[Columns]:
        """The weights of the signs of a sentence; none where it is clearly nothing.

        The signs are those of ``word_signs`` for each word once and of ``other_signs``.
        """
        written, seen = self._written, self._words
        found: list[Columns] = []
        of_words: dict[str, tuple[Columns, ...]] = {}
        count, weight, before = 0, 0, "<"
        for word in words:
            plain, total, columns = seen.get(word) or self._of_word(word)
            if word not in of_words:
                of_words[word] = columns
                count += len(columns)
                weight += total
            if (pair := written.get(f"{before} {plain}")) is not None:
                found.append(_numbers(pair))
            before = plain
        others = [f"{before} >", "=", _length(words), *(f"[{name}]" for name in evidence)]
        found += [_numbers(written[sign]) for sign in others if sign in written]
        weight += sum([columns[0] for columns in found])
        if weight < _SUSPECT * sqrt(count + len(found) or 1):
            return []
        for columns in of_words.values():
            found += columns
        return found

    def _of_word(self, word: str) -> tuple[str, int, tuple[Columns, ...]]:
        """How a word stands in a pair, the weight of its signs for all tones, their weights."""
        signs = list(word_signs(word))
        found = tuple(filter(None, map(self.of, signs)))
        known = signs[0], sum(columns[0] for columns in found), found
        if len(self._words) < 20_000:
            self._words[word] = known
        return known


def word_signs(word: str) -> Iterator[str]:
    """The signs of a folded word by itself."""
    if word[0].isdigit():
        yield "0"
    elif word[0] == "ŋ":  # a name that is known
        yield "ŋ"
    else:
        yield word
        if len(word) > 5:
            yield f"{word[:5]}-"
            yield f"-{word[-5:]}"
        if len(word) > 8:
            yield f"{word[:7]}-"
            yield f"-{word[-8:]}"


def other_signs(words: Sequence[str], evidence: Iterable[str]) -> Iterator[str]:
    """The signs of a sentence besides those of its single words; ``evidence`` are rules' lines."""
    yield "="
    yield _length(words)
    for first, second in pairwise(["<", *(next(word_signs(word)) for word in words), ">"]):
        yield f"{first} {second}"
    for name in evidence:
        yield f"[{name}]"


def _length(words: Sequence[str]) -> str:
    return f"={min(6, len(words) // 5)}"


def scores(weights: Weights, words: Sequence[str], evidence: Iterable[str]) -> Scores:
    """How much speaks for each tone in a sentence or clause.

    ``words`` are folded; ``evidence`` has each name once.
    """
    return scores_of(weights.of_sentence(words, evidence))


def scores_of(found: Sequence[Columns]) -> Scores:
    """The same from the weights of its signs."""
    if not found:
        return []
    size = sqrt(len(found))
    shared, *own = map(sum, zip(*found, strict=True))
    return [(each + SHARE * shared) / size for each in own]


def told(weights: Weights, whole: Scores, *clauses: Scores) -> dict[Category, list[int]]:
    """What a sentence is: for each tone the numbers of the clauses that are it by themselves.

    It is what it is most, as a whole or in a clause; something else besides only where much speaks
    for that.
    """
    all_scores = [whole, *([score - CLAUSE for score in clause] for clause in clauses)]
    parts = {number: part for number, part in enumerate(all_scores) if part}
    if not parts:
        return {}
    best = [max(column) for column in zip(*parts.values(), strict=True)]
    most = max(range(len(best)), key=lambda at: best[at] - weights.enough[at])
    if best[most] < weights.enough[most]:
        return {}
    found: dict[Category, list[int]] = {}
    for at, tone in enumerate(weights.tones):
        enough = weights.enough[at] if at == most else ALSO
        if best[at] >= enough:
            by = [n - 1 for n, part in parts.items() if n and part[at] >= enough]
            if by:  # beside a clause that is it, another needs no more than a sentence
                by = [n - 1 for n, part in parts.items() if n and part[at] + CLAUSE >= enough]
            found[tone] = by
    return found


@lru_cache(maxsize=len(Language))
def load(language: Language) -> Weights:
    """The weights of ``language``; written by tools/learn_tone."""
    path = BUILT_IN / language.value / "tone.tsv"
    return Weights(ENOUGH[language], path.read_text("utf-8"))


@lru_cache(maxsize=20_000)
def _numbers(written: str) -> Columns:
    return tuple(map(int, written.split()))
