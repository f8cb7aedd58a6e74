"""What a person's reply does: told by signs whose weights were learned.

There are too many ways to say "schade, danke für die Info" for a list. The weights were learned
by tools/learn_replies from the replies in tests/corpus/replies and tests/corpus/kinds. What an
act means for a case depends on what we had said, and is decided in :mod:`.replies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from taktvoll.follow.moments import Times
from taktvoll.follow.phrases import families_in
from taktvoll.language.letter import closing, salutation
from taktvoll.language.signs import signs_around, word_signs
from taktvoll.language.weights import Weights
from taktvoll.model import Intent


class Act(StrEnum):
    """What the words of a reply do."""

    KNOWS = "knows"  # takes note of what we said
    ASKS = "asks"
    MOVES = "moves"  # names another appointment
    CALLS_OFF = "calls_off"
    KEEPS = "keeps"  # refuses to change anything
    EXPECTS = "expects"  # waits for the person
    AUTOMATIC = "automatic"
    OTHER = "other"


class After(StrEnum):
    """What a message of ours leaves the employer with."""

    ENDS = "ends"  # nobody should go on waiting for the person
    CHANGES = "changes"  # asks for something that can be refused
    COMES = "comes"  # being expected is being understood


def after(intent: Intent) -> After:
    """What the employer should think after a message with ``intent``."""
    if intent in (Intent.ACCEPT, Intent.LATE, Intent.REOPEN, Intent.INTERVIEWER_ABSENT):
        return After.COMES
    if intent in (Intent.RESCHEDULE, Intent.CHANGE_FORMAT, Intent.ASK_TIME):
        return After.CHANGES
    return After.ENDS


WEIGHTS = Weights(Path(__file__).with_name("acts.tsv"), Act)
"""How much each sign speaks for each act; written by tools/learn_replies."""

LONGEST = 2_500  # code points; who has not said by then what the mail is for is not answering us
_MOST_SENTENCES = 40
SENTENCE = re.compile(r"[^\s.,:;!?][^.!?\n]*(?:(?:[.](?=\S)|(?<=\d)[.])[^.!?\n]*)*[.!?]*")


def signs_of(text: str, times: Times, after: After | None) -> set[str]:
    """The signs of a reply: its words without salutation and signature, its times, what it answers.

    ``after`` is None where nothing is known of what had been said.
    """
    begin, end = letter_span(text)
    body = text[begin:end][:LONGEST]
    signs = word_signs(body) | signs_around(text, times.spans) | families_in(body)
    signs |= set(_of_shape(body, times))
    return signs | {f"=after_{after}"} if after else signs


def letter_span(text: str) -> tuple[int, int]:
    """Where the letter itself stands in ``text``: behind the salutation, before the closing.

    Without a closing, before the small print.
    """
    opening, ending = salutation(text), closing(text)
    begin = opening.end if opening and not text[: opening.start].strip() else 0
    end = ending[0] if ending and text[begin : ending[0]].strip() else len(text)
    small = _SMALL_PRINT.search(text, begin, end)
    if small and text[begin : small.start()].strip():
        end = small.start()
    return begin, end


# What programs and lawyers put below every mail: "let us know" there is said to nobody.
_SMALL_PRINT = re.compile(
    r"^[^\n]{0,30}(?:(?:this|the) (?:e-?mail|message)|diese (?:e-?mail|nachricht))[^.\n]{0,80}"
    r"(?:confidential|privileged|intended|vertraulich|bestimmt)|^(?:sent from my|gesendet von "
    r"mein)|^[^\n]{0,30}(?:consider the environment|e-?mail ausdrucken|diese mail drucken)",
    re.IGNORECASE | re.MULTILINE,
)


def _of_shape(body: str, times: Times) -> Iterator[str]:
    yield "="  # what is usual among all replies
    if "?" in body:
        yield "=question"
    words = len(body.split())
    yield "=short" if words < 12 else "=long" if words > 60 else "=middling"
    for name in ("agreed", "named", "old"):
        if getattr(times, name):
            yield f"={name}"
    if not times.spans:
        yield "=undated"


def saying(text: str, act: Act) -> tuple[int, int] | None:
    """The sentence of ``text`` that speaks most for ``act``; None where there is none."""
    begin, end = letter_span(text)
    best: tuple[float, tuple[int, int]] | None = None
    for number, found in enumerate(SENTENCE.finditer(text, begin, min(end, begin + LONGEST))):
        if number >= _MOST_SENTENCES:
            break
        scores = WEIGHTS.score(word_signs(found[0]) | families_in(found[0]))
        lead = scores[act] - max(score for each, score in scores.items() if each is not act)
        if best is None or lead > best[0]:
            start, stop = found.span()
            best = lead, (start, start + len(text[start:stop].rstrip()))
    return best[1] if best else None
