"""The sorted replies in tests/corpus/replies, each with what had been said before.

`*.jsonl`: a line a reply, `{id, kind, intent, text, slots?, act?, sent?}`. Their mails
are made here: from the employer, in answer to our letter, which stands quoted below as one of four
mail programs would. The language is that of the file's first word.

`mails/*.eml`: whole mails with their headers, and `mails/gold.jsonl` with what they are:
`{file, kind, intent, slots?, deliveries?, until?, stand_in?, case?}`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from taktvoll.follow.reply import Said
from taktvoll.formats.mime import Mail, parse_mail
from taktvoll.model import Contact, Country, Decision, Intent, Invitation, Mailbox, Slot, Thread
from taktvoll.read import read

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "replies"
ZONE = ZoneInfo("Europe/Berlin")
OUR_ID = "<letter-1@sandner.example>"
THEIR_ID = "<invitation-1@nordwerk.example>"
UID = "interview-88@nordwerk.example"

INVITATION = Invitation(
    country=Country.DE,
    start=datetime(2026, 12, 9, 10, tzinfo=ZONE),
    timezone="Europe/Berlin",
    company="Nordwerk GmbH",
    position="Projektleiterin",
    contact=Contact(name="Anke Brandt", email="brandt@nordwerk.example"),
    organizer=Mailbox(name="Anke Brandt", email="brandt@nordwerk.example"),
    sender=Mailbox(name="Anke Brandt", email="brandt@nordwerk.example"),
    uid=UID,
    sequence=1,
    thread=Thread(message_id=THEIR_ID, subject="Einladung zum Vorstellungsgespräch"),
)

SUBJECT = "Re: Einladung zum Vorstellungsgespräch"
LETTERS = {
    "german": {
        Intent.ACCEPT: "vielen Dank für die Einladung. Den Termin am 9. Dezember um 10 Uhr nehme "
        "ich gern wahr.\n\nIch freue mich auf das Gespräch.",
        Intent.RESCHEDULE: "leider kann ich den Termin am 9. Dezember um 10 Uhr nicht wahrnehmen. "
        "Könnten wir das Gespräch verschieben?\n\nÜber einen neuen Termin würde ich mich freuen.",
        None: "leider muss ich das Gespräch am 9. Dezember um 10 Uhr absagen und ziehe meine "
        "Bewerbung zurück.\n\nIch danke Ihnen für Ihr Verständnis und wünsche Ihnen alles Gute.",
    },
    "english": {
        Intent.ACCEPT: "Thank you for the invitation. I am happy to confirm 9 December at 10am."
        "\n\nI look forward to meeting you.",
        Intent.RESCHEDULE: "I am afraid I cannot make 9 December at 10am. Could we find another "
        "time?\n\nI would be very glad if we could.",
        None: "I am writing to let you know that I cannot attend the interview on 9 December and "
        "would like to withdraw.\n\nThank you for your time. I wish you all the best.",
    },
}


@dataclass(frozen=True)
class Sorted:
    """One reply: what it is, the mail, what had been said, and the line of the corpus."""

    id: str
    kind: str
    data: bytes
    said: Said
    row: dict[str, Any]

    @property
    def mail(self) -> Mail:
        """The mail, parsed."""
        return parse_mail(self.data)

    @property
    def read(self) -> Invitation:
        """The mail as the step read sees it."""
        return read(self.data)[0]


def sorted_replies() -> Iterator[Sorted]:
    """All of them: the lines first, then the whole mails."""
    for file in sorted(CORPUS.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield _short(row, file.stem.split("_")[0])
    for line in (CORPUS / "mails" / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        data = (CORPUS / "mails" / row["file"]).read_bytes()
        said = said_before(row, row.get("language", "german"))
        yield Sorted(row["file"], row["kind"], data, said, row)


def said_before(row: dict[str, Any], language: str) -> Said:
    """What had been said before the reply of ``row`` came."""
    slots = tuple(
        Slot(start=datetime.fromisoformat(slot).replace(tzinfo=ZONE))
        for slot in row.get("slots", ())
    )
    return Said(
        invitation=INVITATION,
        decision=Decision(intent=Intent(row["intent"]), slots=slots),
        message_ids=(OUR_ID,),
        subject=SUBJECT,
        text=letter(Intent(row["intent"]), language),
        own=("mira@sandner.example",),
        recipients=("brandt@nordwerk.example",),
    )


def letter(intent: Intent, language: str) -> str:
    """Our letter, short."""
    letters = LETTERS[language]
    changes = intent in (Intent.RESCHEDULE, Intent.CHANGE_FORMAT, Intent.ASK_TIME)
    coming = intent in (Intent.ACCEPT, Intent.LATE)
    body = letters[Intent.RESCHEDULE if changes else Intent.ACCEPT if coming else None]
    if language == "german":
        return f"Sehr geehrte Frau Brandt,\n\n{body}\n\nMit freundlichen Grüßen\nMira Sandner"
    return f"Dear Ms Brandt,\n\n{body}\n\nKind regards\nMira Sandner"


def _short(row: dict[str, Any], language: str) -> Sorted:
    said = said_before(row, language)
    sent = datetime.fromisoformat(row.get("sent", "2026-12-04T09:00")).replace(tzinfo=ZONE)
    text = f"{row['text']}\n\n{_quoted(said.text or '', row['id'], language)}"
    head = (
        "From: Anke Brandt <brandt@nordwerk.example>\n"
        "To: Mira Sandner <mira@sandner.example>\n"
        "Subject: AW: Einladung zum Gespräch\n"
        f"Date: {format_datetime(sent)}\n"
        f"Message-ID: <{row['id']}@nordwerk.example>\nIn-Reply-To: {OUR_ID}\n"
        f"References: {THEIR_ID} {OUR_ID}\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    return Sorted(row["id"], row["kind"], (head + text).encode(), said, row)


def _quoted(ours: str, identity: str, language: str) -> str:
    """Our letter as one of four mail programs quotes it; one in five quotes nothing."""
    marked = "\n".join(f"> {line}" for line in ours.split("\n"))
    german = language == "german"
    styles = (
        "",
        (
            "Am 03.12.26 um 18:12 schrieb Mira Sandner:"
            if german
            else "On 03/12/2026 18:12, Mira Sandner wrote:"
        )
        + f"\n{marked}",
        (
            "Am Do., 3. Dez. 2026 um 18:12 Uhr schrieb Mira Sandner <mira@sandner.example>:"
            if german
            else "On Thu, 3 Dec 2026 at 18:12, Mira Sandner <mira@sandner.example> wrote:"
        )
        + f"\n\n{marked}",
        (
            "Von: Mira Sandner <mira@sandner.example>\nGesendet: Donnerstag, 3. Dezember 2026 18:12"
            "\nAn: Anke Brandt\nBetreff: Einladung zum Gespräch"
            if german
            else "From: Mira Sandner <mira@sandner.example>\nSent: 03 December 2026 18:12\n"
            "To: Anke Brandt\nSubject: Interview"
        )
        + f"\n\n{ours}",
        ("-----Ursprüngliche Nachricht-----" if german else "-----Original Message-----")
        + "\nFrom: Mira Sandner\nSent: Thursday, December 3, 2026 18:12\n\n"
        + ours,
    )
    return styles[hashlib.sha256(identity.encode()).digest()[1] % len(styles)]
