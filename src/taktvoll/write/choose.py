"""Choosing the parts of one letter and saying them.

No chance is involved: parts are ranked by a hash of the seed and their id (rendezvous hashing),
so a new part changes few letters, and the same inputs give the same letter on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from taktvoll.content.packs import Pack, Part, Plan, Step, Wording, bits, slot_bits
from taktvoll.errors import WrongUse
from taktvoll.language.addressee import is_several
from taktvoll.model import Brief, Channel, Country, Formality, Language
from taktvoll.write.facts import conditions, name_of
from taktvoll.write.slots import slot_values

_HARD = frozenset({"thanks", "apology"})  # never twice, where there is any other way
_STATEMENT = frozenset({"decision", "short", "spoken"})
_AS_TYPED = frozenset(
    {"sentence", "sender_name", "sender_first", "caller", "company", "position", "contact"}
)
_EMBEDDED = ("reason_clause", "reason_by")  # slots that the content fills

_CLOSING = frozenset(
    {"day_on", "day_for", "when_on", "when_for", "when_spoken"}
    | {"slots", "until", "about", "reason_clause"}
)
_SENTENCE_ENDS = (". ", "? ", "! ")
_MARKS = frozenset(("", *".,;:!?(–"))

Place = tuple[int, int]  # row and column of a plan


@dataclass(frozen=True, slots=True)
class Chosen:
    """The parts of a plan, paragraph by paragraph, and which places were optional."""

    paragraphs: tuple[tuple[Part, ...], ...]
    optional: tuple[Place, ...]


class _Said:
    """The parts that a letter has so far, and what they leave to be said."""

    def __init__(self, register: str) -> None:
        self.parts: dict[Place, list[Part]] = {}
        self.ids: set[str] = set()
        self.avoided: set[str] = set()
        self.covered: set[str] = set()
        self.marks: set[str] = set()
        self._register = register

    def add(self, place: Place, parts: list[Part]) -> None:
        self.parts[place] = parts
        for part in parts:
            self.ids.add(part.id)
            self.avoided |= part.avoid_with
            self.covered |= part.covers
            self.marks |= part.wordings[self._register].marks

    def neighbours(self, place: Place) -> list[Part]:
        """The parts of the same paragraph, and those right before and after."""
        before = max((other for other in self.parts if other < place), default=None)
        after = min((other for other in self.parts if other > place), default=None)
        return [
            part
            for other, parts in self.parts.items()
            if other[0] == place[0] or other in (before, after)
            for part in parts
        ]


class Chooser:
    """What is known about one letter, and how its parts are chosen and said.

    ``short`` chooses the shortest parts; ``used`` are the ids of all parts that were said;
    ``gaps`` are said instead of the values of their slots, to show a letter as a template.
    """

    def __init__(
        self,
        brief: Brief,
        channel: Channel,
        content: Pack,
        *,
        seed: str,
        variant: int,
        keep: frozenset[str] | None,
        gaps: Mapping[str, str] | None = None,
    ) -> None:
        self.brief = brief
        self.content = content
        self.keep = keep
        self.short = False
        self.used: dict[str, None] = {}
        self._gaps = gaps or {}
        self._seed = seed
        self._variant = variant
        self._ranks: dict[str, bytes] = {}
        self._given = conditions(brief, channel)
        self._bits = bits(self._given)
        self._embedded: dict[str, Part] = {}
        self._swiss = brief.voice.country is Country.CH
        if brief.voice.formality is Formality.DU:
            name = name_of(brief)
            self.register = "du" if name and not is_several(name) else "ihr"
        else:
            self.register = "sie"
        self.values = slot_values(brief)
        self._known = slot_bits(self.values)
        if "yes" in self._given["told"]:
            self._tell()

    def _tell(self) -> None:
        """Fill the slots that say the reason; a reason that does not fit is not told."""
        for kind in _EMBEDDED:
            if part := self.pick(kind):
                self._embedded[kind] = part
                self.values[kind] = self._filled(part)
                self._known |= slot_bits([kind])
        if not self.fitting("reason"):
            self._bits = bits({**self._given, "told": frozenset({"no"})})

    def plans(self) -> list[Plan]:
        """The plans that fit, a kept one first, else as the seed and the variant say."""
        fitting = [plan for plan in self.content.plans if plan.fit.holds(self._bits)]
        fitting.sort(key=lambda plan: self._rank(plan.id))
        if self.keep is not None:
            keep = self.keep
            return sorted(fitting, key=lambda plan: plan.id not in keep)
        by = self._variant % len(fitting) if fitting else 0
        return fitting[by:] + fitting[:by]

    def choose(self, plan: Plan, dropped: frozenset[Place]) -> Chosen | None:
        """A part for each place of ``plan``; None where one that must be filled cannot be."""
        places = [
            ((row, column), step)
            for row, steps in enumerate(plan.paragraphs)
            for column, step in enumerate(steps)
        ]
        # The statement first: what it covers need not be said again, though it may stand before.
        in_turn = sorted(places, key=lambda entry: _STATEMENT.isdisjoint(entry[1].kinds))
        said = _Said(self.register)
        for place, step in in_turn:
            if place in dropped or said.covered.issuperset(step.kinds):
                continue
            if parts := self._fill(step, place, said):
                said.add(place, parts)
            elif not step.optional:
                return None
        chosen = said.parts
        return Chosen(
            paragraphs=tuple(
                tuple(
                    part for column in range(len(steps)) for part in chosen.get((row, column), ())
                )
                for row, steps in enumerate(plan.paragraphs)
            ),
            optional=tuple(place for place, step in places if step.optional and place in chosen),
        )

    def _fill(self, step: Step, place: Place, said: _Said) -> list[Part]:
        for kind in step.kinds:
            if step.count > 1:
                parts = self._questions(kind, step.count)
            else:
                part = self.pick(kind, place=place, said=said, optional=step.optional)
                parts = [part] if part else []
            if parts:
                return parts
        return []

    def _questions(self, kind: str, count: int) -> list[Part]:
        """The likeliest questions, one answer a topic."""
        topics: dict[str | None, list[Part]] = {}
        for part in self.fitting(kind):
            topics.setdefault(part.topic, []).append(part)
        likeliest = sorted(topics.values(), key=lambda parts: min(part.rank for part in parts))
        return [self._best(parts, _Said(self.register), ()) for parts in likeliest[:count]]

    def pick(
        self,
        kind: str,
        *,
        place: Place = (0, 0),
        said: _Said | None = None,
        optional: bool = False,
    ) -> Part | None:
        """The part of ``kind`` for ``place``, given those that are already ``said``."""
        fitting = self.fitting(kind)
        if not fitting:
            return None
        said = said or _Said(self.register)
        if said.ids:
            fitting = [
                part
                for part in fitting
                if part.id not in said.avoided and part.avoid_with.isdisjoint(said.ids)
            ]
        if optional:
            if hard := said.marks & _HARD:
                fitting = [part for part in fitting if not self._wording(part).marks & hard]
            if self.keep is not None:
                fitting = [part for part in fitting if part.id in self.keep]
        return self._best(fitting, said, said.neighbours(place)) if fitting else None

    def fitting(self, kind: str) -> Sequence[Part]:
        """The parts of ``kind`` whose conditions and slots fit this letter."""
        intent = self.brief.decision.intent.value
        return self.content.fitting(kind, intent, self._bits, self._known, self.register)

    def _best(self, fitting: Sequence[Part], said: _Said, neighbours: Iterable[Part]) -> Part:
        """A kept one, else one that repeats the least, and of these as the seed says."""
        if self.keep is not None:
            fitting = [part for part in fitting if part.id in self.keep] or fitting
        if len(fitting) == 1:
            return fitting[0]
        if self.short:
            return min(fitting, key=lambda part: (len(self._filled(part)), part.id))
        marks = said.marks
        stems = frozenset[str]().union(*(self._wording(part).stems for part in neighbours))

        def repeats(part: Part) -> tuple[int, int]:
            wording = self._wording(part)
            again = wording.marks & marks
            return 10 * len(again & _HARD) + len(again), len(wording.stems & stems)

        best = fitting
        if marks or stems:
            counted = [(repeats(part), part) for part in fitting]
            fewest = min(count for count, _part in counted)
            best = [part for count, part in counted if count == fewest]
        if len(best) == 1:
            return best[0]
        ranked = sorted(best, key=lambda part: self._rank(part.id))
        return ranked[self._variant % len(ranked)]

    def _rank(self, identity: str) -> bytes:
        rank = self._ranks.get(identity)
        if rank is None:
            rank = self._ranks[identity] = sha256(f"{self._seed}\0{identity}".encode()).digest()
        return rank

    def _wording(self, part: Part) -> Wording:
        return part.wordings[self.register]

    def only(self, kind: str) -> str:
        """The text of a kind that every letter has. Raises WrongUse where content lacks it."""
        part = self.pick(kind)
        if part is None:
            raise WrongUse("no_part", kind=kind)
        return self.said(part)

    def run(self, parts: Sequence[Part], *, opening: bool = False) -> str:
        """Sentences after each other; the first of a German letter goes on after a comma."""
        small = opening and self.brief.voice.language is Language.DE and not self._swiss
        return " ".join(
            self.said(part, capital=not (small and number == 0))
            for number, part in enumerate(parts)
        )

    def said(self, part: Part, *, capital: bool = True) -> str:
        """The text of ``part`` with its slots filled."""
        self.used[part.id] = None
        pieces = self._wording(part).pieces
        for slot in _EMBEDDED:
            if slot in pieces[1::2]:
                self.used[self._embedded[slot].id] = None
        text = self._filled(part)
        typed = not pieces[0] and len(pieces) > 1 and pieces[1] in _AS_TYPED
        return text[:1].upper() + text[1:] if capital and not typed else text

    def asked(self, part: Part) -> str:
        """What the other side says before the answer ``part``."""
        return self._put((part.ask or {})["sie" if self.register == "sie" else "du"])

    def _filled(self, part: Part) -> str:
        return self._put(self._wording(part).pieces)

    def _put(self, wording: Sequence[str]) -> str:
        """The pieces of a text, with the values of its slots."""
        pieces = list(wording)
        if self._swiss:
            pieces[::2] = map(self._spelled, pieces[::2])
        for at in range(1, len(pieces), 2):
            slot, before = pieces[at], pieces[at - 1]
            value = self._gaps.get(slot) or self.values[slot]
            if before.endswith(_SENTENCE_ENDS) and slot not in _AS_TYPED:
                value = value[:1].upper() + value[1:]
            pieces[at] = _joined(slot, value, pieces[at + 1].lstrip()[:1])
        return "".join(pieces)

    def _spelled(self, text: str) -> str:
        """ß is ss in Switzerland; what slots bring is left as it is."""
        return text.replace("ß", "ss") if self._swiss else text


def _joined(slot: str, value: str, following: str) -> str:
    """``value`` without an end mark of its own that the ``following`` one makes superfluous.

    Clauses and dates bring their closing comma; "10:00 a.m." and "Ltd." bring a full stop.
    """
    comma = slot in _CLOSING and value.endswith(",") and following in _MARKS
    return value[:-1] if comma or (following == "." and value.endswith(".")) else value
