"""From a brief to a draft: a plan is chosen, filled with parts, and set as the channel wants it."""

from __future__ import annotations

import re
from pathlib import Path

from taktvoll.content.packs import Plan, pack
from taktvoll.errors import MissingFacts, WrongUse
from taktvoll.model import Brief, Channel, Country, Draft, Language
from taktvoll.write.choose import Chooser, Chosen, Place
from taktvoll.write.facts import missing_facts

_REPLY = re.compile(r"\A(?:re|aw|antw|sv|wg)\s*:", re.IGNORECASE)


def write(
    brief: Brief,
    channel: Channel,
    *,
    seed: str,
    variant: int = 0,
    keep: tuple[str, ...] | None = None,
    overlay: Path | None = None,
) -> Draft:
    """The draft of ``brief`` for ``channel``.

    ``seed`` and ``variant`` choose among equally good phrasings; ``keep`` are the ids
    (``Draft.parts``) of a letter that must be the same again; ``overlay`` is the person's own
    content folder. Raises MissingFacts rather than leaving a slot unfilled, and WrongUse where
    there is no such message (a booking link has no letter).
    """
    if missing := missing_facts(brief, channel):
        raise MissingFacts(missing)
    chooser = Chooser(
        brief,
        channel,
        pack(brief.voice.language, overlay),
        seed=seed,
        variant=variant,
        keep=None if keep is None else frozenset(keep),
    )
    return draft_of(chooser, channel)


def draft_of(chooser: Chooser, channel: Channel) -> Draft:
    """The draft after the first plan that can be filled. Raises WrongUse where there is none."""
    for plan in chooser.plans():
        if draft := _compose(chooser, plan, channel):
            return draft
    raise WrongUse("no_letter", intent=chooser.brief.decision.intent, channel=channel)


def _compose(chooser: Chooser, plan: Plan, channel: Channel) -> Draft | None:
    """The draft after ``plan``, shortened where too long; None where it cannot be filled."""
    dropped: frozenset[Place] = frozenset()
    while True:
        chosen = chooser.choose(plan, dropped)
        if chosen is None:
            return None
        chooser.used.clear()
        subject = _subject(chooser, channel)
        text = _text(chooser, plan, chosen, channel)
        if not _too_long(text, plan):
            break
        if chosen.optional:
            dropped |= {chosen.optional[-1]}
        elif chooser.short:
            break  # names of two hundred letters: nothing is left to take away
        else:
            chooser.short = True
    return Draft(channel=channel, subject=subject, text=text, parts=(plan.id, *chooser.used))


def _too_long(text: str, plan: Plan) -> bool:
    if plan.chars:
        return len(text) > plan.chars
    return len(text.split()) > plan.words[1]


def _subject(chooser: Chooser, channel: Channel) -> str | None:
    """The thread's subject, so that the answer is found; without a thread all that it says."""
    if channel not in (Channel.MAIL, Channel.PAPER):
        return None
    thread = chooser.brief.invitation.thread
    subject = " ".join((thread.subject or "").split())
    if channel is Channel.MAIL and subject and thread.message_id:
        return subject if _REPLY.match(subject) else f"Re: {subject}"
    said = chooser.only("subject")
    reference = chooser.values.get("reference")
    if reference and reference not in said:
        label = "Ref." if chooser.brief.voice.language is Language.EN else "Referenz"
        said = f"{said} ({label} {reference})"
    return said


def _text(chooser: Chooser, plan: Plan, chosen: Chosen, channel: Channel) -> str:
    if channel is Channel.PHONE:
        return _script(chooser, plan, chosen)
    if channel is Channel.SHORT:
        first, *middle, last = chosen.paragraphs[0]
        lines = chooser.said(first), chooser.run(middle, opening=True), chooser.said(last)
        return "\n".join(lines)
    body = [
        chooser.run(parts, opening=number == 0)
        for number, parts in enumerate(filter(None, chosen.paragraphs))
    ]
    end = f"{chooser.only('closing')}\n{chooser.only('signature')}"
    return "\n\n".join((chooser.only("salutation"), *body, end))


def _script(chooser: Chooser, plan: Plan, chosen: Chosen) -> str:
    """What to say, in the order in which it is said, under headings."""
    opened, closed = _quotes(chooser.brief)
    blocks = []
    for heading, parts in zip(plan.headings, chosen.paragraphs, strict=True):
        lines = [heading]
        if speech := [part for part in parts if not part.ask and part.kind != "note"]:
            lines.append(f"{opened}{chooser.run(speech)}{closed}")
        for part in parts:
            if part.ask:
                lines.append(f"– {opened}{chooser.asked(part)}{closed}")
                lines.append(f"– {opened}{chooser.said(part)}{closed}")
            elif part.kind == "note":
                lines.append(chooser.said(part))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _quotes(brief: Brief) -> tuple[str, str]:
    if brief.voice.language is Language.EN:
        return "“", "”"
    return ("«", "»") if brief.voice.country is Country.CH else ("„", "“")
