"""``taktvoll read | check | write``: one step each, for people and for programs."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from taktvoll.cli.inputs import invitation_of, known_zone, read_bytes
from taktvoll.cli.screen import Screen
from taktvoll.desk import Desk
from taktvoll.errors import UnreadableInput
from taktvoll.in_words import appointment_text, contact_text, day_or_moment, moment_text
from taktvoll.model import Finding, Invitation, Known, Severity

_LINE_LIMIT = 1_000_000  # characters of one JSON line


def read(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Print what each message says; a file that cannot be read is named, the others go on."""
    from taktvoll.read.record import to_json

    failed = False
    for name in arguments.files:
        try:
            found = desk.read(
                read_bytes(name),
                file=name,
                received=arguments.received,
                country=arguments.country,
                timezone=known_zone(arguments.timezone),
            )
        except UnreadableInput as error:
            screen.complain(error)
            failed = True
            continue
        for invitation in found:
            if arguments.json:
                screen.json(to_json(invitation, screen.say))
            else:
                _print_invitation(invitation, screen)
    return 2 if failed else 0


def _print_invitation(invitation: Invitation, screen: Screen) -> None:
    language, contact = screen.language, invitation.contact
    reached = (contact_text(contact, language), contact.email, contact.phone)
    slots = (moment_text(invitation.local(s.start), language) for s in invitation.proposed_slots)
    values = {
        "company": invitation.company,
        "position": invitation.position,
        "reference": invitation.reference,
        "contact": " · ".join(part for part in reached if part),
        "when": appointment_text(invitation, language),
        "timezone": invitation.timezone,
        "proposed_slots": "; ".join(slots),
        "reply_by": invitation.reply_by and day_or_moment(invitation.reply_by, language),
        "format": invitation.format and screen.say(f"format.{invitation.format}"),
        "location": invitation.location,
        "meeting_url": invitation.meeting_url,
        "booking_url": invitation.booking_url,
    }
    screen.heading(f"kind.{invitation.kind}")
    for fact, value in values.items():
        if value:
            screen.out(f"{screen.say(f'fact.{fact}')}: {value}")
    for doubt in invitation.doubts:
        screen.item(screen.say(f"doubt.{doubt.code}", **doubt.detail), mark="?")


def check(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Print the findings of a text, or of every JSON line. 1 where one is an error."""
    from taktvoll.check.lines import finding_out

    if arguments.jsonl:
        return _check_lines(arguments.file, desk, screen)
    known = Known(
        language=arguments.lang,
        intent=arguments.intent,
        country=arguments.country,
        formality=arguments.formality,
        channel=arguments.channel,
        name=arguments.name,
        now=arguments.now or desk.clock.now(),
    )
    if arguments.against:
        now = arguments.now or desk.clock.now()
        against = invitation_of(arguments, desk, screen, arguments.against, now)
        known = desk.known_against(known, against)
    text = read_bytes(arguments.file).decode("utf-8", errors="replace").replace("\r\n", "\n")
    if not text.strip():
        raise UnreadableInput("empty_file", file=arguments.file)
    findings = desk.check(text, known)
    if arguments.json:
        screen.json([finding_out(finding) for finding in findings])
    elif arguments.fix:
        print_difference(text, desk.fixed(text, findings), screen)
    else:
        print_findings(findings, screen)
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def _check_lines(name: str, desk: Desk, screen: Screen) -> int:
    from taktvoll.check.lines import finding_out, known_from_line

    worst = 0
    for line in _lines(name):
        known, text = known_from_line(line)
        findings = desk.check(text, known)
        screen.json({"id": line.get("id"), "findings": [finding_out(each) for each in findings]})
        worst |= any(finding.severity is Severity.ERROR for finding in findings)
    return int(worst)


def write(arguments: Namespace, desk: Desk, screen: Screen) -> int:
    """Write one letter a JSON line."""
    from taktvoll.write import write as write_letter
    from taktvoll.write.lines import brief_from_line, line_out

    for line in _lines("-"):
        brief, channel, seed = brief_from_line(line)
        draft = write_letter(brief, channel, seed=seed, overlay=desk.overlay)
        screen.json(line_out(line.get("id"), draft))
    return 0


def print_findings(findings: list[Finding] | tuple[Finding, ...], screen: Screen) -> None:
    """What should be changed, each with its words, the why and the mend; or one friendly line."""
    if not findings:
        screen.out()
        screen.out(screen.say("cli.nothing_found"))
        return
    screen.heading("cli.findings")
    for finding in findings:
        said = finding.message
        if finding.quote:
            said = screen.say("cli.finding", words=finding.quote, why=said)
        screen.item(said, mark="!" if finding.severity is Severity.ERROR else "·")
        if finding.fix is not None and finding.quote:
            mend = "cli.fix_delete" if not finding.fix else "cli.fix"
            screen.out("  " + screen.say(mend, fix=finding.fix))


def print_difference(before: str, after: str, screen: Screen) -> None:
    """The mended text to stdout, and what changed to stderr."""
    import difflib

    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            screen.note(line)
    screen.out(after.rstrip("\n"))


def _lines(name: str) -> Iterator[dict[str, object]]:
    """The JSON objects of a file or stdin, one a line; a broken line is named."""
    source = sys.stdin.buffer if name == "-" else read_bytes(name).splitlines(keepends=True)
    for number, raw in enumerate(source, 1):
        if not raw.strip():
            continue
        try:
            if len(raw) > _LINE_LIMIT:
                raise ValueError("too long")
            line = json.loads(raw)
            if not isinstance(line, dict):
                raise ValueError("not an object")
        except (ValueError, RecursionError) as error:
            raise UnreadableInput("bad_line", line=number, problem=str(error)) from error
        yield line
