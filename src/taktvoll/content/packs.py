"""What letters are made of: parts, plans, phrasings of reasons and examples of one language.

``pack(language, overlay)`` parses the content files once per process. The format is described in
``docs/content-format.md``. A broken built-in file is an error; a broken entry of the person's own
folder is left out and named by ``problems``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

from taktvoll.content.files import Source, content_files, fingerprint, sources
from taktvoll.content.slots import SLOTS
from taktvoll.errors import ContentError
from taktvoll.model import (
    Channel,
    Country,
    Duty,
    Formality,
    Gender,
    Greeting,
    Intent,
    InterviewFormat,
    Language,
    Reason,
    Situation,
    Tell,
)

KINDS = frozenset(
    [
        "subject",
        "salutation",
        "thanks",
        "history",
        "decision",
        "reason",
        "apology",
        "regret",
        "interest",
        "application",
        "proposal",
        "request",
        "reach",
        "talked_about",
        "appointment",
        "data",
        "relay",
        "stays",
        "discretion",
        "sentence",
        "wish",
        "closing",
        "signature",
        "short",
        "short_more",
        "short_end",
        "reception",
        "purpose",
        "spoken_open",
        "spoken",
        "spoken_end",
        "question",
        "voicemail_open",
        "voicemail",
        "voicemail_end",
        "note",
        "parent_open",
        "parent_spoken",
        "parent_end",
        "parent_question",
        "parent_voicemail",
        "reason_clause",
        "reason_by",
    ]
)
REASON_FORMS = {"sentence": "reason", "clause": "reason_clause", "by": "reason_by"}
CONDITIONS: Mapping[str, frozenset[str]] = {
    "intent": frozenset(Intent),
    "reason": frozenset(Reason),
    "tell": frozenset(Tell),
    "formality": frozenset(Formality),
    "channel": frozenset(Channel),
    "country": frozenset(Country),
    "told": frozenset({"yes", "no"}),
    "recipient": frozenset({"person", "several", "nobody"}),
    "gender": frozenset(Gender) | {"unknown"},
    "greeting": frozenset(Greeting),
    "stage": frozenset({"before", "after"}),
    "day": frozenset({"today", "tomorrow", "later", "past", "unknown"}),
    "format": frozenset(InterviewFormat) | {"unknown"},
    "duty": frozenset(Duty),
    "situation": frozenset(Situation),
}
_SEVERAL = ("duty", "situation")  # conditions of which a letter may have several values
_PART_KEYS = frozenset(
    [
        "id",
        "text",
        "du",
        "ihr",
        "when",
        "unless",
        "needs",
        "lacks",
        "covers",
        "avoid_with",
        "countries",
        "ask",
        "topic",
        "rank",
    ]
)
_REASON_KEYS = _PART_KEYS | {"reason", "tell", "form"}
_PLAN_KEYS = frozenset({"id", "when", "unless", "paragraphs", "headings", "words", "chars"})
_EXAMPLE_KEYS = frozenset(
    [
        "id",
        "intent",
        "reason",
        "tell",
        "country",
        "formality",
        "channel",
        "now",
        "sentence",
        "duties",
        "situations",
        "context",
        "lang",
    ]
)
_SLOT = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"[{}]")
_FORMAL = re.compile(r"\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
_FORMAL_INSIDE = re.compile(r"(?<![.!?:] )" + _FORMAL.pattern)  # "…. Ihr erreicht" is plural
_SINGULAR = re.compile(r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?)\b", re.IGNORECASE)
_STEP = re.compile(r"(?P<kinds>[a-z_]+(?:\|[a-z_]+)*)(?P<optional>\?)?(?:\*(?P<count>[1-9]))?")

_BITS = {
    (key, str(value)): 1 << number
    for number, (key, value) in enumerate(
        (key, value) for key, values in CONDITIONS.items() for value in sorted(values)
    )
}
_SLOT_BITS = {name: 1 << number for number, name in enumerate(SLOTS)}
_PART_FILES = (("parts", "part"), ("phone", "part"), ("reasons", "reason"))
_REMEMBERED = 20_000  # answers of Pack.fitting
Conditions = dict[str, frozenset[str]]


def bits(given: Mapping[str, frozenset[str]]) -> int:
    """The values of a letter's conditions as a set of bits, as ``Fit`` wants them."""
    return sum(_BITS[key, value] for key, values in given.items() for value in values)


def slot_bits(names: Iterable[str]) -> int:
    """The slots that a letter knows as a set of bits, as ``Pack.fitting`` wants them."""
    return sum(_SLOT_BITS[name] for name in names)


@dataclass(frozen=True, slots=True)
class Fit:
    """``when`` and ``unless`` as bits: none of ``excluded`` may be given, one of each ``one_of``.

    A letter has one value for each condition but duty and situation, so asking for some values is
    the same as excluding all others: one operation decides for most parts.
    """

    excluded: int = 0
    one_of: tuple[int, ...] = ()

    def holds(self, given: int) -> bool:
        """Whether the bits of a letter fit."""
        return not given & self.excluded and all(given & asked for asked in self.one_of)


@dataclass(frozen=True, slots=True)
class Wording:
    """One text of a part: literals at even places, names of slots at odd ones."""

    pieces: tuple[str, ...]
    needs: int  # bits of the slots that must be known: those in it, and those its part asks for
    marks: frozenset[str]  # groups of style.toml [once] that it touches
    stems: frozenset[str]  # beginnings of its longer words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a letter can say. ``wordings`` by register: sie, du, ihr."""

    id: str
    kind: str
    wordings: Mapping[str, Wording]
    fit: Fit = Fit()
    lacks: int = 0  # bits of the slots that must be unknown
    covers: frozenset[str] = frozenset()
    avoid_with: frozenset[str] = frozenset()
    ask: Mapping[str, tuple[str, ...]] | None = None  # pieces, as those of a wording
    topic: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """The parts of one kind that one intent may have, and which bits decide between them."""

    parts: tuple[Part, ...]  # in the order of their ids
    conditions: int
    slots: int


@dataclass(frozen=True, slots=True)
class Step:
    """A place in a plan: the kinds that may stand there, the first that fits is taken."""

    kinds: tuple[str, ...]
    optional: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Which kinds stand in which order. ``words``: least and most; ``chars``: most, or None."""

    id: str
    paragraphs: tuple[tuple[Step, ...], ...]
    headings: tuple[str, ...]
    words: tuple[int, int]
    chars: int | None
    fit: Fit


@dataclass(frozen=True, slots=True)
class Pack:
    """All that letters of one language are made of."""

    language: Language
    parts: Mapping[str, Part]
    plans: tuple[Plan, ...]
    by_kind: Mapping[tuple[str, str], Candidates]  # (kind, intent)
    examples: tuple[Mapping[str, Any], ...]
    _fitting: dict[tuple[str, str, int, int, str], tuple[Part, ...]] = field(
        default_factory=dict, compare=False
    )

    def fitting(
        self, kind: str, intent: str, given: int, known: int, register: str
    ) -> tuple[Part, ...]:
        """The parts of ``kind`` whose conditions fit the bits ``given``, whose slots the bits
        ``known``, and that speak ``register``."""
        among = self.by_kind.get((kind, intent))
        if among is None:
            return ()
        given, known = given & among.conditions, known & among.slots
        key = kind, intent, given, known, register
        found = self._fitting.get(key)
        if found is None:
            if len(self._fitting) > _REMEMBERED:
                self._fitting.clear()
            found = self._fitting[key] = tuple(
                part
                for part in among.parts
                if register in part.wordings
                and not part.lacks & known
                and not part.wordings[register].needs & ~known
                and part.fit.holds(given)
            )
        return found


def pack(language: Language, overlay: Path | None = None) -> Pack:
    """The content of ``language`` with the person's own ``overlay`` folder on top.

    Raises ContentError for the first thing wrong in a built-in file.
    """
    made, broken = _load(language, overlay)
    for error in broken:
        if not _is_own(error, overlay):
            raise error
    return made


def problems(language: Language, overlay: Path | None = None) -> tuple[ContentError, ...]:
    """All that is wrong in the files that letters are made of, built-in and own."""
    return _load(language, overlay)[1]


def examples(language: Language, overlay: Path | None = None) -> tuple[Mapping[str, Any], ...]:
    """The invented cases of ``examples.toml``, in the shape of lines of ``write --jsonl``."""
    return pack(language, overlay).examples


def own_parts(language: Language, overlay: Path) -> tuple[str, ...]:
    """The ids of the parts that stand in the person's own folder."""
    broken: list[ContentError] = []
    found = [
        str(entry["id"])
        for folder, key in _PART_FILES
        for source in sources(folder, language, overlay, broken)
        if source.own
        for entry in _entries(source, key, broken)
        if "id" in entry
    ]
    known = _load(language, overlay)[0].parts
    return tuple(identity for identity in found if identity in known)


def _is_own(error: ContentError, overlay: Path | None) -> bool:
    return overlay is not None and Path(error.path).is_relative_to(overlay)


def _load(language: Language, overlay: Path | None) -> tuple[Pack, tuple[ContentError, ...]]:
    if overlay is None:
        return _built(language, None, "")
    paths = [
        path
        for folder in ("parts", "reasons", "phone", "plans", "examples", "style")
        for path in content_files(folder, language, overlay)
        if path[1]
    ]
    return _built(language, overlay, fingerprint(paths))


@lru_cache(maxsize=16)
def _built(
    language: Language, overlay: Path | None, _own: str
) -> tuple[Pack, tuple[ContentError, ...]]:
    broken: list[ContentError] = []
    once = _once(language, overlay, broken)
    parts: dict[str, Part] = {}
    plans: dict[str, Plan] = {}
    shown: dict[str, Mapping[str, Any]] = {}
    seen: dict[str, bool] = {}  # id → the person's own?

    def new(source: Source, entry: Mapping[str, Any]) -> bool:
        """Whether the id may stand: twice only where the person's own replaces the built-in."""
        identity = _text(source, entry, "id", required=True)
        if seen.get(identity) == source.own:
            broken.append(source.error("content_duplicate_id", identity, id=identity))
            return False
        seen[identity] = source.own
        return True

    for folder, key in _PART_FILES:
        for source in sources(folder, language, overlay, broken):
            for entry in _entries(source, key, broken):
                try:
                    part = _part(source, entry, key, once)
                    if new(source, entry):
                        parts[part.id] = part
                except ContentError as error:
                    broken.append(error)
    for source in sources("plans", language, overlay, broken):
        for entry in _entries(source, "plan", broken):
            try:
                plan = _plan(source, entry)
                if new(source, entry):
                    plans[plan.id] = plan
            except ContentError as error:
                broken.append(error)
    for source in sources("examples", language, overlay, broken):
        for entry in _entries(source, "example", broken):
            try:
                _known_keys(source, entry, _EXAMPLE_KEYS)
                if new(source, entry):
                    shown[entry["id"]] = {**entry, "lang": language.value}
            except ContentError as error:
                broken.append(error)
    made = Pack(
        language=language,
        parts=parts,
        plans=tuple(sorted(plans.values(), key=lambda plan: plan.id)),
        by_kind=_by_kind(parts.values()),
        examples=tuple(shown.values()),
    )
    return made, tuple(broken)


def _by_kind(parts: Iterable[Part]) -> dict[tuple[str, str], Candidates]:
    index: dict[tuple[str, str], list[Part]] = {}
    for part in sorted(parts, key=lambda part: part.id):
        for intent in Intent:
            if not part.fit.excluded & _BITS["intent", intent]:
                index.setdefault((part.kind, intent.value), []).append(part)
    return {key: _candidates(found) for key, found in index.items()}


def _candidates(parts: Sequence[Part]) -> Candidates:
    conditions = slots = 0
    for part in parts:
        conditions |= reduce(or_, part.fit.one_of, part.fit.excluded)
        slots |= reduce(or_, (wording.needs for wording in part.wordings.values()), part.lacks)
    return Candidates(tuple(parts), conditions, slots)


def _once(
    language: Language, overlay: Path | None, broken: list[ContentError]
) -> dict[str, re.Pattern[str]]:
    groups: dict[str, re.Pattern[str]] = {}
    for source in sources("style", language, overlay, broken):
        for name, starts in source.data.get("once", {}).items():
            if not isinstance(starts, list) or not all(isinstance(word, str) for word in starts):
                broken.append(source.error("content_wrong_type", name, key=name))
                continue
            groups[name] = re.compile(r"\b(?:" + "|".join(map(re.escape, starts)) + ")", re.I)
    return groups


def _entries(source: Source, key: str, broken: list[ContentError]) -> Iterator[Mapping[str, Any]]:
    known = {key, "kind", "when", "unless", "countries"}
    for unknown in source.data.keys() - known:
        broken.append(source.error("content_unknown_key", unknown, key=unknown))
    entries = source.data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        broken.append(source.error("content_wrong_type", key, key=key))
        return
    yield from entries


def _part(
    source: Source, entry: Mapping[str, Any], key: str, once: Mapping[str, re.Pattern[str]]
) -> Part:
    identity = _text(source, entry, "id", required=True)
    _known_keys(source, entry, _REASON_KEYS if key == "reason" else _PART_KEYS)
    if key == "reason":
        form = _text(source, entry, "form", required=True)
        for name in ("reason", "tell"):
            if name not in entry:
                raise source.error("content_missing_key", identity, key=name)
        kind = REASON_FORMS.get(form, form)
    else:
        kind = source.data.get("kind", "")
    if kind not in KINDS:
        raise source.error("content_unknown_kind", f'"{kind}"', kind=kind, among=KINDS)
    when = [_conditions(source, holder.get("when", {})) for holder in (source.data, entry)]
    for holder in (entry, source.data):
        if "countries" in holder:
            when.append(_conditions(source, {"country": holder["countries"]}))
    if key == "reason":
        when.append(_conditions(source, {name: entry[name] for name in ("reason", "tell")}))
    texts = _registers(source, entry)
    unless = [_conditions(source, holder.get("unless", {})) for holder in (source.data, entry)]
    ask = _ask(source, entry)
    needs = frozenset(_texts(source, entry, "needs", SLOTS))
    needs = needs.union(*(pieces[1::2] for pieces in (ask or {}).values()))
    wordings = {name: _wording(source, text, needs, once) for name, text in texts.items()}
    used = needs.union(*(wording.pieces[1::2] for wording in wordings.values()))
    covers = frozenset(_texts(source, entry, "covers", KINDS))
    if used & {"reason_clause", "reason_by"}:
        covers |= {"reason"}
    return Part(
        id=identity,
        kind=kind,
        wordings=wordings,
        fit=_fit(when, unless),
        lacks=slot_bits(frozenset(_texts(source, entry, "lacks", SLOTS))),
        covers=covers,
        avoid_with=frozenset(_texts(source, entry, "avoid_with", None)),
        ask=ask,
        topic=_text(source, entry, "topic") or None,
        rank=_number(source, entry, "rank", 0),
    )


def _registers(source: Source, entry: Mapping[str, Any]) -> dict[str, str]:
    """The texts by register, after the rule of the format: who may be addressed by which."""
    text = _text(source, entry, "text", required=True)
    du, ihr = _text(source, entry, "du"), _text(source, entry, "ihr")
    only = entry.get("when", {}).get("formality", source.data.get("when", {}).get("formality"))
    if only == ["du"]:
        du, text = du or text, ""
    elif not du and not _FORMAL.search(text):
        du = text
    for spoken in (du, ihr):
        if found := _FORMAL_INSIDE.search(spoken):
            raise source.error("content_register", spoken, word=found[0])
    texts = {"sie": text} if text else {}
    if du and only != ["sie"]:
        texts["du"] = du
        if ihr or not _SINGULAR.search(du):
            texts["ihr"] = ihr or du
    return texts


def _ask(source: Source, entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]] | None:
    asked = entry.get("ask")
    if asked is None:
        return None
    if isinstance(asked, str):
        asked = {"sie": asked, "du": asked}
    if not isinstance(asked, dict) or asked.keys() != {"sie", "du"}:
        raise source.error("content_wrong_type", "ask", key="ask")
    return {name: _pieces(source, str(text)) for name, text in asked.items()}


def _pieces(source: Source, text: str) -> tuple[str, ...]:
    """Literals at even places, names of slots at odd ones."""
    pieces = tuple(_SLOT.split(text))
    for slot in pieces[1::2]:
        if slot not in SLOTS:
            raise source.error("content_unknown_slot", "{" + slot + "}", slot=slot, among=SLOTS)
    if any(_BRACE.search(literal) for literal in pieces[::2]):
        raise source.error("content_unknown_slot", text, slot=text)
    return pieces


def _wording(
    source: Source, text: str, needs: frozenset[str], once: Mapping[str, re.Pattern[str]]
) -> Wording:
    pieces = _pieces(source, text)
    literal = "".join(pieces[::2])
    if not text or text != text.strip() or "  " in text:
        raise source.error("content_spaces", text, text=text)
    return Wording(
        pieces=pieces,
        needs=slot_bits(needs.union(pieces[1::2])),
        marks=frozenset(name for name, pattern in once.items() if pattern.search(literal)),
        stems=frozenset(word[:6].lower() for word in re.findall(r"\w{6,}", literal)),
    )


def _plan(source: Source, entry: Mapping[str, Any]) -> Plan:
    identity = _text(source, entry, "id", required=True)
    _known_keys(source, entry, _PLAN_KEYS)
    paragraphs = entry.get("paragraphs", [])
    if not paragraphs or not all(isinstance(steps, list) for steps in paragraphs):
        raise source.error("content_wrong_type", identity, key="paragraphs")
    words = entry.get("words", [0, 180])
    if len(words) != 2 or not all(isinstance(bound, int) for bound in words):
        raise source.error("content_wrong_type", identity, key="words")
    headings = _texts(source, entry, "headings", None)
    if headings and len(headings) != len(paragraphs):
        raise source.error("content_wrong_type", identity, key="headings")
    return Plan(
        id=identity,
        paragraphs=tuple(tuple(_step(source, text) for text in steps) for steps in paragraphs),
        headings=headings,
        words=(words[0], words[1]),
        chars=_number(source, entry, "chars", 0) or None,
        fit=_fit(
            [_conditions(source, entry.get("when", {}))],
            [_conditions(source, entry.get("unless", {}))],
        ),
    )


def _step(source: Source, text: object) -> Step:
    match = _STEP.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise source.error("content_unknown_kind", str(text), kind=text)
    kinds = tuple(match["kinds"].split("|"))
    for kind in kinds:
        if kind not in KINDS:
            raise source.error("content_unknown_kind", kind, kind=kind, among=KINDS)
    return Step(kinds, match["optional"] is not None, int(match["count"] or 1))


def _conditions(source: Source, table: object) -> Conditions:
    if not isinstance(table, dict):
        raise source.error("content_wrong_type", "when", key="when")
    made: Conditions = {}
    for key, values in table.items():
        if key not in CONDITIONS:
            raise source.error("content_unknown_key", key, key=key, among=CONDITIONS)
        if not isinstance(values, list) or not values:
            raise source.error("content_wrong_type", key, key=key)
        for value in values:
            if value not in CONDITIONS[key]:
                raise source.error(
                    "content_unknown_value",
                    f'"{value}"',
                    key=key,
                    value=value,
                    among=CONDITIONS[key],
                )
        made[key] = frozenset(map(str, values))
    return made


def _fit(when: Iterable[Conditions], unless: Iterable[Conditions]) -> Fit:
    excluded, one_of = 0, []
    for conditions in when:
        for key, values in conditions.items():
            if key in _SEVERAL:
                one_of.append(bits({key: values}))
            else:
                excluded |= bits({key: CONDITIONS[key] - values})
    for conditions in unless:
        excluded |= bits(conditions)
    return Fit(excluded, tuple(one_of))


def _known_keys(source: Source, entry: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in entry:
        if key not in known:
            raise source.error("content_unknown_key", key, key=key, among=known)


def _text(source: Source, entry: Mapping[str, Any], key: str, *, required: bool = False) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise source.error("content_wrong_type", key, key=key)
    if required and not value:
        at = entry.get("id") or entry.get("text") or key
        raise source.error("content_missing_key", str(at), key=key)
    return value


def _texts(source: Source, entry: Mapping[str, Any], key: str, known: Any) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise source.error("content_wrong_type", key, key=key)
    for value in values:
        if known is not None and value not in known:
            raise source.error(
                "content_unknown_value", f'"{value}"', key=key, value=value, among=known
            )
    return tuple(values)


def _number(source: Source, entry: Mapping[str, Any], key: str, default: int) -> int:
    value = entry.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise source.error("content_wrong_type", key, key=key)
    return value
