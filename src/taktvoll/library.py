"""What the program knows, to be read: templates, guide, rules; and whether the content is sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taktvoll.content.files import where
from taktvoll.errors import ContentError, TaktvollError, WrongUse
from taktvoll.model import Brief, Channel, Draft, Intent, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of letter: with named gaps, and filled for an invented case."""

    intent: Intent
    gaps: Draft
    filled: Draft


def templates(language: Language, overlay: Path | None) -> tuple[Template, ...]:
    """Every kind of letter in ``language``."""
    from taktvoll.write.examples import example_brief, with_gaps

    found = []
    for intent in Intent:
        brief = example_brief(intent, language)
        gaps, filled = with_gaps(brief, Channel.MAIL, overlay=overlay)
        found.append(Template(intent=intent, gaps=gaps, filled=filled))
    return tuple(found)


def content_problems(overlay: Path | None) -> Sequence[ContentError]:
    """All that is wrong with the content, the person's own included, in every language.

    The form of every file; the rules by their examples; and the letters: every example is written,
    and so is every part of the person's own, and all of them are checked.
    """
    from taktvoll.check.examples import problems as example_problems
    from taktvoll.content import guide, packs

    problems: list[ContentError] = []
    for language in Language:
        problems += packs.problems(language, overlay)
        problems += example_problems(language, overlay)  # and what is wrong with the rules' form
        guide.articles(language, overlay, broken=problems)
        problems += _letter_problems(language, overlay)
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column))


_WRITTEN = (Channel.MAIL, Channel.SHORT, Channel.PHONE)


def _letter_problems(language: Language, overlay: Path | None) -> Iterator[ContentError]:
    """What is wrong with the letters of the examples, and with those made of own parts."""
    from taktvoll.content import packs
    from taktvoll.write.lines import brief_from_line

    shown = packs.examples(language, overlay)
    for line in shown:
        try:
            brief, _channel, _seed = brief_from_line(line)
        except (WrongUse, KeyError) as error:
            yield _at("content_example_unread", line["id"], language, overlay, problem=str(error))
            continue
        for channel in _WRITTEN:
            yield from _example(brief, channel, line["id"], overlay)
    if overlay is None:
        return
    briefs = [brief_from_line(line)[0] for line in packs.examples(language)]
    for part in packs.own_parts(language, overlay):
        yield from _own_part(part, briefs, language, overlay)


def _example(
    brief: Brief, channel: Channel, identity: str, overlay: Path | None
) -> Iterator[ContentError]:
    from taktvoll.write import write

    try:
        draft = write(brief, channel, seed="example", overlay=overlay)
    except TaktvollError as error:
        yield _at(
            "content_example_unwritten", identity, brief.voice.language, overlay,
            id=identity, channel=channel, problem=error.code,
        )  # fmt: skip
        return
    yield from _checked(draft, brief, channel, identity, overlay)


def _own_part(
    part: str, briefs: Sequence[Brief], language: Language, overlay: Path
) -> Iterator[ContentError]:
    """The letters of the examples in which ``part`` can stand, with it in its place."""
    from taktvoll.write import write

    used = False
    for brief in briefs:
        for channel in _WRITTEN:
            try:
                draft = write(brief, channel, seed="example", keep=(part,), overlay=overlay)
            except TaktvollError:
                continue
            if part in draft.parts:
                used = True
                yield from _checked(draft, brief, channel, part, overlay)
    if not used:
        yield _at("content_part_unused", part, language, overlay, id=part)


def _checked(
    draft: Draft, brief: Brief, channel: Channel, identity: str, overlay: Path | None
) -> Iterator[ContentError]:
    """What the check finds in ``draft``, said of the example or part ``identity``."""
    from taktvoll.check import check, known_from

    for finding in check(draft.text, known_from(brief, channel), overlay=overlay):
        yield _at(
            "content_letter_checked", identity, brief.voice.language, overlay,
            id=identity, channel=channel, quote=finding.quote or "–", problem=finding.message,
        )  # fmt: skip


def _at(
    code: str, identity: str, language: Language, overlay: Path | None, **values: object
) -> ContentError:
    path, line, column = where(identity, language, overlay)
    return ContentError(code, path=str(path), line=line, column=column, **values)
