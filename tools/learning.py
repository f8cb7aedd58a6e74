"""Learning weights: a linear support vector machine for each class against the others.

By dual coordinate descent (Hsieh et al., ICML 2008): deterministic, and without a library. A
fifth of all messages, chosen by a hash of the name, is never learned from.
"""

from __future__ import annotations

import hashlib
import math
import random
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LOSS = 3.0  # the C of the machine: how much a wrong example costs
EPOCHS = 25
SEEN_IN = 2  # messages; a sign of one message alone teaches nothing
Example = tuple[str, str, set[str]]
"""A message's name, its class, and its signs."""


def is_unseen(identity: str) -> bool:
    """Whether the message of that name belongs to the fifth that is only scored."""
    return hashlib.sha256(Path(identity).stem.encode()).digest()[0] % 5 == 0


def learn(
    examples: Sequence[Example],
    classes: Iterable[str],
    loss: float = LOSS,
    seen_in: int = SEEN_IN,
    *,
    by_rarity: bool = False,
) -> dict[str, list[float]]:
    """The weights of each sign that ``seen_in`` messages show, one for each of ``classes``.

    ``by_rarity``: a sign counts the more the rarer it is, by the logarithm of all messages to
    those that show it; else all count alike.
    """
    seen = Counter(sign for _, _, signs in examples for sign in signs)
    names = sorted(sign for sign, count in seen.items() if count >= seen_in)
    index = {name: number for number, name in enumerate(names)}
    rows = [sorted(index[s] for s in signs if s in index) for _, _, signs in examples]
    rarity = [math.log(len(examples) / seen[name]) ** 2 if by_rarity else 1.0 for name in names]
    columns = [
        machine(rows, [1 if told == wanted else -1 for _, told, _ in examples], rarity, loss)
        for wanted in classes
    ]
    return {name: [column[number] for column in columns] for name, number in index.items()}


def machine(
    rows: list[list[int]], answers: list[int], rarity: list[float], loss: float
) -> array[float]:
    """One linear machine with squared hinge loss; every row has the length one.

    ``rarity`` is the square of what each sign counts. The weights that come out are multiplied by
    what the sign counts, so that a score is their plain sum.
    """
    weights = array("d", bytes(8 * len(rarity)))
    alpha = [0.0] * len(rows)
    scale = [1 / math.sqrt(sum(rarity[j] for j in row) or 1.0) for row in rows]
    diagonal = 1 / (2 * loss)
    order = list(range(len(rows)))
    shuffle = random.Random(7).shuffle
    for _ in range(EPOCHS):
        shuffle(order)
        for i in order:
            row, answer, size = rows[i], answers[i], scale[i]
            margin = answer * size * sum([weights[j] for j in row])
            gradient = margin - 1 + diagonal * alpha[i]
            if alpha[i] == 0 and gradient >= 0:
                continue
            moved = max(alpha[i] - gradient / (1 + diagonal), 0.0)
            step = (moved - alpha[i]) * answer * size
            alpha[i] = moved
            if step:
                for j in row:
                    weights[j] += step * rarity[j]
    return weights


def write(
    path: Path, learner: str, count: int, classes: Iterable[str], weights: Mapping[str, list[float]]
) -> None:
    """The weights in hundredths, a sign a line."""
    lines = [f"# learned by tools/{learner} from {count} messages\t{' '.join(classes)}"]
    for sign, column in weights.items():
        lines.append(f"{sign}\t{' '.join(str(round(100 * weight)) for weight in column)}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
