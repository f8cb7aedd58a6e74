"""Rules of the check: parsed from TOML, compiled to word classes, cached by the hash of the files.

Kinds are code (``taktvoll.check.kinds``), rules are data. Compiling needs the tables of lemmas
(seconds, a hundred megabytes); a compiled pack is plain JSON and is read in milliseconds.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taktvoll.content.files import BUILT_IN, Source, content_files, fingerprint, sources
from taktvoll.content.lemmas import fold, forms, separated, squeezed
from taktvoll.content.matching import PAGE, Anchors, Matcher, Text
from taktvoll.content.phrases import Atom, Pattern, PhraseError, Step, patterns
from taktvoll.errors import ContentError
from taktvoll.model import Category, Channel, Country, Formality, Intent, Known, Language

KINDS = ("avoid", "replace", "tone", "require", "limit", "agree", "order")
ROLES = ("find", "unless", "with", "before")
PREBUILT = BUILT_IN / "compiled"  # packs that come with the program
FORMAT = 9  # of the compiled pack; a new number makes old caches unread
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_CONDITIONS: dict[str, frozenset[str]] = {
    "intent": frozenset(i.value for i in Intent),
    "formality": frozenset(f.value for f in Formality),
    "country": frozenset(c.value for c in Country),
    "channel": frozenset(c.value for c in Channel),
}
_KEYS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "category": str,
    "kind": str,
    "why": str,
    "find": list,
    "unless": list,
    "with": list,
    "before": list,
    "regex": list,
    "fix": str,
    "span": str,
    "most": int,
    "words": int,
    "sign": list,
    "when": dict,
    "wrong": list,
    "right": list,
}
_NEEDED = ("id", "category", "kind", "why")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, wrong or right. ``span`` is the marked place; None: something is missing."""

    text: str
    wrong: bool
    span: tuple[int, int] | None
    fixed: str | None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A rule as its file has it. ``phrases`` are its lines by role, with the fix of each.

    The role of the lines of a sign is the sign's name.
    """

    id: str
    category: Category
    kind: str
    why: str
    phrases: dict[str, list[tuple[str, str | None]]]
    regex: tuple[str, ...]
    fix: str | None
    span: str  # match or sentence
    most: int
    words: int
    when: dict[str, list[str]]
    examples: tuple[Example, ...]
    source: Source

    @property
    def signs(self) -> list[str]:
        """The names of its signs."""
        return [role for role in self.phrases if role not in ROLES]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the check runs it."""

    id: str
    category: Category
    kind: str
    why: str
    regex: tuple[re.Pattern[str], ...]
    fix: str | None
    span: str
    most: int
    words: int
    when: dict[str, frozenset[str]]

    def applies(self, known: Known) -> bool:
        """Whether all conditions are known to hold."""
        return all(getattr(known, key) in values for key, values in self.when.items())


Evidence = tuple[str, int]
"""The name of some lines (``CompiledRules.evidence_name``) and the rule that has them."""


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """All rules of a language, ready to run.

    ``of_pattern[p]`` are the lines that pattern ``p`` stands for: (rule, role, fix of the line);
    ``tones`` are the rules of that kind.
    """

    language: Language
    rules: tuple[Rule, ...]
    of_pattern: tuple[tuple[tuple[int, str, str | None], ...], ...]
    matcher: Matcher
    groups: dict[str, list[str]]
    tones: tuple[int, ...]
    pack: dict[str, Any] = field(repr=False)
    _plans: dict[tuple[Any, ...], tuple[list[int], Anchors]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _evidence: dict[str, frozenset[Evidence]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _exact: dict[int, list[tuple[int, str, str | None]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _of_pattern: dict[int, frozenset[Evidence]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def plan(self, known: Known) -> tuple[list[int], Anchors]:
        """The rules that ``known`` lets hold, and the patterns to look for in a text.

        What is evidence of a tone and a single word is none of these: see ``evidence_in``.
        """
        key = tuple(getattr(known, name) for name in _CONDITIONS)
        if key not in self._plans:
            rules = [index for index, rule in enumerate(self.rules) if rule.applies(known)]
            exact = {at for at in rules if self.rules[at].kind != "tone"}
            anchors = self.matcher.anchored(
                lambda at: any(
                    line[0] in exact or (not self.matcher.alone(at) and self._is_evidence(line[0]))
                    for line in self.of_pattern[at]
                )
            )
            self._plans[key] = rules, anchors
        return self._plans[key]

    def exact_lines(self, pattern: int) -> list[tuple[int, str, str | None]]:
        """The lines that ``pattern`` stands for, of rules that decide by themselves."""
        known = self._exact.get(pattern)
        if known is None:
            known = self._exact[pattern] = [
                line for line in self.of_pattern[pattern] if not self._is_evidence(line[0])
            ]
        return known

    def evidence_of(self, pattern: int) -> frozenset[Evidence]:
        """The evidence of a tone that a match of ``pattern`` is."""
        known = self._of_pattern.get(pattern)
        if known is None:
            known = self._of_pattern[pattern] = frozenset(
                (self.evidence_name(rule, role), rule)
                for rule, role, _ in self.of_pattern[pattern]
                if self._is_evidence(rule)
            )
        return known

    def evidence_in(self, raw: str, folded: str) -> frozenset[Evidence]:
        """The evidence of a tone that one word is by itself."""
        known = self._evidence.get(raw)
        if known is None:
            known = frozenset(
                each
                for cls in self.matcher.classes_of(raw, folded)
                for pattern in self.matcher.of_class(cls)
                for each in self.evidence_of(pattern)
            )
            if len(self._evidence) < 20_000:
                self._evidence[raw] = known
        return known

    def evidence_name(self, rule: int, role: str) -> str:
        """How the lines of ``role`` of a rule are called."""
        return self.rules[rule].id if role == "find" else f"{self.rules[rule].id} {role}"

    def _is_evidence(self, rule: int) -> bool:
        return self.rules[rule].kind == "tone"

    def save(self, path: Path) -> None:
        """Write the pack as JSON, whole or not at all. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_text(json.dumps(self.pack, ensure_ascii=False, separators=(",", ":")), "utf-8")
        beside.replace(path)


_loaded: dict[tuple[Language, Path | None], tuple[str, CompiledRules]] = {}


def load(language: Language, cache: Path | None, overlay: Path | None) -> CompiledRules:
    """The rules of ``language``: from memory, ``cache``, ``PREBUILT``, or built (and then cached).

    ``cache`` is a folder; where it is None or cannot be used, the pack is built in memory. Broken
    rules of the overlay are left out (``problems`` names them).
    """
    known = _loaded.get((language, overlay))
    if known and overlay is None:  # built-in files do not change while we run
        return known[1]
    stamp = _stamp(language, overlay)
    if known and known[0] == stamp:
        return known[1]
    name = cache_name(language, stamp)
    compiled = next(
        filter(None, (_read(folder / name) for folder in (cache, PREBUILT) if folder)), None
    )
    if compiled is None:
        compiled = build(language, overlay)
        if cache:
            with suppress(OSError):  # read-only: the pack lives in memory
                compiled.save(cache / name)
    _loaded[(language, overlay)] = (stamp, compiled)
    return compiled


def cache_name(language: Language, stamp: str | None = None) -> str:
    """The file name under which the pack of ``language`` is cached; it changes with the files."""
    return f"rules-{language.value}-{FORMAT}-{(stamp or _stamp(language, None))[:16]}.json"


def build(language: Language, overlay: Path | None = None) -> CompiledRules:
    """Compile the rules from their files. Raises ContentError for a broken built-in rule."""
    broken: list[ContentError] = []
    rules, groups = _parse(language, overlay, broken)
    for error in broken:
        if overlay is None or not Path(error.path).is_relative_to(overlay):
            raise error
    return _from_pack(_compile(language, rules, groups))


def problems(language: Language, overlay: Path | None) -> list[ContentError]:
    """All that is wrong with the rule files; their examples are ``taktvoll.check.examples``'."""
    broken: list[ContentError] = []
    for rule in _parse(language, overlay, broken)[0]:
        wrong = sum(example.wrong for example in rule.examples)
        if rule.kind in ("avoid", "replace", "tone", "agree") and (
            wrong < 3 or len(rule.examples) - wrong < 3
        ):
            broken.append(rule.source.error("content_examples", rule.id, id=rule.id))
    return sorted(broken, key=lambda e: (e.path, e.line, e.column))


def rule_sources(language: Language, overlay: Path | None = None) -> list[RuleSource]:
    """The rules that can be parsed, with their examples; the overlay's replace ours by id."""
    return _parse(language, overlay, [])[0]


# --- parsing ------------------------------------------------------------------------------------


def _stamp(language: Language, overlay: Path | None) -> str:
    return fingerprint(_files(language, overlay))


def _files(language: Language, overlay: Path | None) -> list[tuple[Path, bool]]:
    return content_files("words", language, overlay) + content_files("rules", language, overlay)


def _parse(
    language: Language, overlay: Path | None, broken: list[ContentError]
) -> tuple[list[RuleSource], dict[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for source in sources("words", language, overlay, broken):
        for name, lines in source.data.get("groups", {}).items():
            if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
                groups[name] = lines
            else:
                broken.append(source.error("content_value", name, key=name))
    rules: dict[str, RuleSource] = {}
    for source in sources("rules", language, overlay, broken):
        tables = source.data.get("rule", [source.data])
        for table in tables if isinstance(tables, list) else [tables]:
            try:
                rule = _rule(table, source, groups)
            except ContentError as error:
                broken.append(error)
                continue
            if rule.id in rules and rules[rule.id].source.own == source.own:
                broken.append(source.error("content_duplicate", rule.id, id=rule.id))
            else:
                rules[rule.id] = rule
    return list(rules.values()), groups


def _rule(table: Any, source: Source, groups: dict[str, list[str]]) -> RuleSource:
    if not isinstance(table, dict):
        raise source.error("content_value", "rule", key="rule")
    at = table["id"] if isinstance(table.get("id"), str) else ""
    for key in _NEEDED:
        if not table.get(key):
            raise source.error("content_key_missing", at, key=key, id=at)
    for key, value in table.items():
        if key not in _KEYS:
            raise source.error("content_key_unknown", key, key=key, id=at)
        if not isinstance(value, _KEYS[key]):
            raise source.error("content_value", key, key=key)
    if table["category"] not in set(Category):
        raise source.error("content_value", table["category"], key="category")
    if table["kind"] not in KINDS:
        raise source.error("content_value", table["kind"], key="kind")
    if table.get("span", "match") not in ("match", "sentence"):
        raise source.error("content_value", table["span"], key="span")
    phrases = {role: _phrases(table.get(role, []), role, source, groups) for role in ROLES}
    for entry in table.get("sign", []):
        name = _sign(entry, source)
        phrases[name] = _phrases(entry["find"], "find", source, groups)
    regexes = tuple(str(line) for line in table.get("regex", []))
    for line in regexes:
        try:
            re.compile(line)
        except re.error as error:
            raise source.error("content_regex", line, problem=str(error)) from error
    if not phrases["find"] and not regexes and not table.get("sign") and not table.get("words"):
        raise source.error("content_key_missing", at, key="find", id=at)
    return RuleSource(
        id=table["id"],
        category=Category(table["category"]),
        kind=table["kind"],
        why=table["why"],
        phrases=phrases,
        regex=regexes,
        fix=table.get("fix"),
        span=table.get("span", "match"),
        most=table.get("most", 0),
        words=table.get("words", 0),
        when=_conditions(table.get("when", {}), source),
        examples=_examples(table, source),
        source=source,
    )


def _sign(entry: Any, source: Source) -> str:
    """The name of a sign, under which its lines stand."""
    if not isinstance(entry, dict) or set(entry) != {"name", "find"}:
        raise source.error("content_value", "[[rule.sign]]", key="sign")
    name = entry["name"]
    if not isinstance(name, str) or not name or name in ROLES:
        raise source.error("content_value", str(name), key="name")
    if not isinstance(entry["find"], list):
        raise source.error("content_value", name, key="find")
    return name


def _phrases(
    lines: list[Any], role: str, source: Source, groups: dict[str, list[str]]
) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for line in lines:
        if not isinstance(line, str):
            raise source.error("content_value", role, key=role)
        phrase, arrow, fix = line.partition("->")
        try:
            patterns(phrase, groups)
        except PhraseError as error:
            raise source.error(
                f"content_phrase_{error.code}", line, line_text=line, about=error.about
            ) from error
        found.append((phrase.strip(), fix.strip() if arrow else None))
    return found


def _conditions(when: dict[str, Any], source: Source) -> dict[str, list[str]]:
    for key, values in when.items():
        allowed = _CONDITIONS.get(key)
        if allowed is None:
            raise source.error("content_key_unknown", key, key=key, id="when")
        for value in values if isinstance(values, list) else [values]:
            if value not in allowed:
                raise source.error("content_value", str(value), key=key)
    return {k: v if isinstance(v, list) else [v] for k, v in when.items()}


def _examples(table: dict[str, Any], source: Source) -> tuple[Example, ...]:
    examples: list[Example] = []
    for right, key in ((False, "wrong"), (True, "right")):
        for entry in table.get(key, []):
            entry = {"text": entry} if isinstance(entry, str) else entry
            if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
                raise source.error("content_value", key, key=key)
            mark = _MARK.search(entry["text"])
            if bool(mark) == right and table["kind"] not in ("require", "limit", "order"):
                raise source.error("content_mark", entry["text"], id=table["id"])
            text = _MARK.sub(r"\1", entry["text"])
            span = (mark.start(), mark.start() + len(mark[1])) if mark else None
            examples.append(Example(text, not right, span, entry.get("fixed")))
    return tuple(examples)


# --- compiling ----------------------------------------------------------------------------------


def _compile(
    language: Language, rules: list[RuleSource], groups: dict[str, list[str]]
) -> dict[str, Any]:
    all_lines = [
        (index, role, phrase, fix)
        for index, rule in enumerate(rules)
        for role, phrases in rule.phrases.items()
        for phrase, fix in phrases
    ]
    lines: dict[Pattern, list[tuple[int, str, str | None]]] = {}
    for index, role, phrase, fix in all_lines:
        for pattern in patterns(phrase, groups):
            for whole in _with_separated(pattern):
                lines.setdefault(whole, []).append((index, role, fix))
    atoms = {a for pattern in lines for part in pattern for step in part for a in step.atoms}
    known = forms({a.word for a in atoms if a.kind != "number"}, language)
    classes: dict[frozenset[Atom], int] = {}
    tables: dict[str, dict[str, list[int]]] = {
        "words": {},
        "exact": {},
        "endings": {},
        "beginnings": {},
    }
    parts: list[list[list[tuple[int, int]]]] = []
    for pattern in lines:
        compiled: list[list[tuple[int, int]]] = []
        for part in pattern:
            steps: list[tuple[int, int]] = []
            for step in part:
                if step.atoms not in classes:
                    classes[step.atoms] = len(classes)
                    for atom in step.atoms:
                        _enter(atom, classes[step.atoms], tables, known)
                steps.append((classes[step.atoms], step.gap))
            compiled.append(steps)
        parts.append(compiled)
    numbers = [cls for atoms, cls in classes.items() if any(a.kind == "number" for a in atoms)]
    pages = _written(tables["words"])
    matcher = Matcher(
        words=pages,
        exact=tables["exact"],
        endings=tables["endings"],
        beginnings=tables["beginnings"],
        numbers=numbers,
        slips={},
        parts=[],
        rarity=[],
    )
    return {
        "language": language.value,
        "rules": [
            {
                "id": rule.id,
                "category": rule.category.value,
                "kind": rule.kind,
                "why": rule.why,
                "regex": rule.regex,
                "fix": rule.fix,
                "span": rule.span,
                "most": rule.most,
                "words": rule.words,
                "when": rule.when,
            }
            for rule in rules
        ],
        "patterns": list(lines.values()),
        "parts": parts,
        "rarity": _rarities(matcher, list(classes), rules),
        "numbers": numbers,
        "groups": groups,
        **tables,
        "words": pages,
        "slips": _written(_slips(tables["words"])),
    }


def _written(table: dict[str, list[int]]) -> dict[str, str]:
    """A big table as a few hundred pages of text (``matching.look_up`` reads them).

    A cold start then parses no tens of thousands of words, of which a letter has a hundred.
    """
    pages: dict[str, str] = {}
    for word, classes in table.items():
        line = f"{word} {' '.join(map(str, classes))}\n"
        pages[word[:PAGE]] = pages.get(word[:PAGE], "\n") + line
    return pages


def _slips(words: dict[str, list[int]]) -> dict[str, list[int]]:
    """The long words by their squeezed form, so that a misspelt one is still known."""
    found: dict[str, list[int]] = {}
    for word, classes in words.items():
        if len(word) > 7:
            known = found.setdefault(squeezed(word), [])
            known += [cls for cls in classes if cls not in known]
    return found


def _with_separated(pattern: Pattern) -> Iterable[Pattern]:
    """The pattern, and with each lonely verb taken apart: absagen also as "sage … ab"."""
    yield pattern
    for index, part in enumerate(pattern):
        if len(part) != 1:
            continue
        for atom in part[0].atoms:
            pair = separated(atom.word) if atom.kind == "lemma" else None
            if pair:
                verb = Step(frozenset({Atom("lemma", pair[0])}), 0)
                away = Step(frozenset({Atom("exact", pair[1])}), 12)
                yield (*pattern[:index], (verb, away), *pattern[index + 1 :])


def _rarities(
    matcher: Matcher, classes: list[frozenset[Atom]], rules: list[RuleSource]
) -> list[int]:
    """How seldom each class is met in the examples of the rules; if equally, the longer words."""
    met: Counter[int] = Counter()
    for rule in rules:
        for example in rule.examples:
            text = Text(example.text)
            for raw, folded in zip(text.raw, text.folded, strict=True):
                met.update(matcher.classes_of(raw, folded))
    shortest = (min((len(a.word) for a in atoms), default=0) for atoms in classes)
    return [min(length, 99) - 100 * met[cls] for cls, length in enumerate(shortest)]


def _enter(
    atom: Atom, cls: int, tables: dict[str, dict[str, list[int]]], known: dict[str, frozenset[str]]
) -> None:
    if atom.kind == "number":
        return
    if atom.kind == "exact":
        tables["exact"].setdefault(atom.word, []).append(cls)
        return
    table = {"lemma": "words", "ending": "endings", "beginning": "beginnings"}[atom.kind]
    if atom.kind == "beginning":
        surface: Iterable[str] = (fold(atom.word),)
    else:
        surface = known[atom.word.lower()]
    for form in surface:
        holders = tables[table].setdefault(form, [])
        if cls not in holders:
            holders.append(cls)


def _read(path: Path) -> CompiledRules | None:
    """The cached pack; None where it is unreadable, so that it is built anew."""
    try:
        return _from_pack(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _from_pack(pack: dict[str, Any]) -> CompiledRules:
    rules = tuple(
        Rule(
            id=rule["id"],
            category=Category(rule["category"]),
            kind=rule["kind"],
            why=rule["why"],
            regex=tuple(re.compile(line) for line in rule["regex"]),
            fix=rule["fix"],
            span=rule["span"],
            most=rule["most"],
            words=rule["words"],
            when={key: frozenset(values) for key, values in rule["when"].items()},
        )
        for rule in pack["rules"]
    )
    matcher = Matcher(
        words=pack["words"],
        exact=pack["exact"],
        endings=pack["endings"],
        beginnings=pack["beginnings"],
        numbers=pack["numbers"],
        slips=pack["slips"],
        parts=pack["parts"],
        rarity=pack["rarity"],
    )
    of_pattern = tuple(tuple((i, role, fix) for i, role, fix in p) for p in pack["patterns"])
    tones = tuple(index for index, rule in enumerate(rules) if rule.kind == "tone")
    return CompiledRules(
        Language(pack["language"]), rules, of_pattern, matcher, pack["groups"], tones, pack
    )
