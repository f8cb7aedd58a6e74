"""What a message is to the candidate: an invitation, a change, a refusal, or none of these."""

from __future__ import annotations

from pathlib import Path

from taktvoll.language.weights import Weights
from taktvoll.model import Kind
from taktvoll.read.signs import Clues, signs_of

WEIGHTS = Weights(Path(__file__).with_name("kinds.tsv"), Kind)
"""How much each sign speaks for each kind; written by tools/learn_kinds."""

_ANSWERS = frozenset(["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"])


def kind_of(subject: str, text: str, clues: Clues) -> Kind:
    """The kind of a message from its ``subject``, its newest ``text`` and the :class:`Clues`.

    A calendar that answers is an answer (RFC 5546 §1.4); everything else is told by its signs.
    """
    if clues.method in _ANSWERS:
        return Kind.REPLY
    scores = WEIGHTS.score(signs_of(subject, text, clues))
    if clues.method == "CANCEL" or clues.status == "CANCELLED":
        return max((Kind.CANCELLATION, Kind.OTHER), key=scores.__getitem__)
    return max(scores, key=scores.__getitem__)
