"""The check itself: the rules of the pack, then the facts, then the whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from taktvoll.check.address import address_findings, formality_of
from taktvoll.check.facts import fact_findings
from taktvoll.check.kinds import rule_findings
from taktvoll.check.letter import Letter, letter
from taktvoll.check.people import people_findings
from taktvoll.check.whole import placeholder_findings, whole_findings
from taktvoll.content.rules import load
from taktvoll.language.words import is_yes, language_of
from taktvoll.model import (
    Brief,
    Category,
    Channel,
    Finding,
    Formality,
    Invitation,
    Known,
    Language,
    Situation,
)

_NAMING = frozenset({Situation.HEADHUNTER, Situation.ONE_OF_TWO})  # a client, a position
_LONGEST = 1_000_000  # code points that are looked at


def check(
    text: str, known: Known, *, cache: Path | None = None, overlay: Path | None = None
) -> list[Finding]:
    """What should be changed in ``text`` (message-rules §4), by start; whole-text findings last.

    ``cache`` is the folder of compiled packs (see ``content.rules.load``), ``overlay`` the folder
    of the person's own content. Offsets are code points into ``text``. What is not known is
    derived from the text or its findings are skipped. Never raises for any text.
    """
    text = text[:_LONGEST]
    language = known.language or language_of(text) or Language.DE
    rules = load(language, cache, overlay)
    names = (known.name, known.company, known.contact.name, known.position)
    seen = letter(text, known.channel, tuple(filter(None, names)))
    known = replace(known, language=language, formality=_formality(known, language, seen))
    findings = [
        *rule_findings(seen, rules, known),
        *placeholder_findings(seen, language),
        *people_findings(seen, known, language),
        *fact_findings(seen, known, language),
        *address_findings(seen, known, rules.groups),
        *whole_findings(seen, known, language),
    ]
    findings = [each for each in findings if not _names_another(each, known)]
    if any(each.category is Category.VAGUE for each in findings):  # it is said, if vaguely
        findings = [f for f in findings if f.category is not Category.MISSING_STATEMENT]
    findings.sort(key=lambda f: (f.start is None, f.start or 0, f.end or 0, f.category))
    return _without_doubles(findings)


def known_from(brief: Brief, channel: Channel) -> Known:
    """What a letter made from ``brief`` for ``channel`` is checked against."""
    decision, voice = brief.decision, brief.voice
    invited = known_of(brief.invitation)
    named = tuple(moment.at for moment in (decision.until, decision.earlier) if moment)
    return replace(
        invited,
        language=voice.language,
        intent=decision.intent,
        country=voice.country,
        formality=voice.formality,
        channel=channel,
        name=voice.sender.name,
        slots=decision.slots,
        eta=decision.eta,
        moments=(*named, *invited.moments),
        now=brief.now,
        others=tuple(
            word
            for situation, word in decision.situations.items()
            if situation in _NAMING and not is_yes(word)
        ),
    )


def _names_another(finding: Finding, known: Known) -> bool:
    """The agency's client, or the application that stays: named beside one's own, and known."""
    if finding.rule not in ("facts.company", "facts.position", "facts.other_employer"):
        return False
    said = (finding.quote or "").lower()
    named = [other.lower() for other in known.others if other.strip()]
    return bool(said) and any(said in other or other in said for other in named)


def known_of(invitation: Invitation) -> Known:
    """What ``invitation`` alone lets a text be checked against."""
    moments = [slot.start for slot in invitation.proposed_slots]
    if invitation.end:
        moments.append(invitation.end)
    if invitation.reply_by:
        moments.append(invitation.reply_by.at)
    return Known(
        country=invitation.country,
        formality=invitation.formality,
        name=invitation.attendee.name,
        company=invitation.company,
        contact=invitation.contact,
        position=invitation.position,
        location=invitation.location,
        start=invitation.start,
        timezone=invitation.timezone,
        moments=tuple(moments),
    )


def _formality(known: Known, language: Language, seen: Letter) -> Formality:
    if language is Language.EN:
        return Formality.NEUTRAL
    if known.formality in (Formality.SIE, Formality.DU):
        return known.formality
    return formality_of(seen)


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """Of findings of one category that overlap the first, and one of what is missing."""
    kept: list[Finding] = []
    ends: dict[Category, int] = {}
    missing: set[Category] = set()
    for finding in findings:
        if finding.start is None or finding.end is None:
            if finding.category not in missing:
                missing.add(finding.category)
                kept.append(finding)
        elif finding.start >= ends.get(finding.category, 0):
            ends[finding.category] = finding.end
            kept.append(finding)
    return kept
