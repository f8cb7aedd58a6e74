"""What a message is: short mails of every kind, as hasty people and machines write them."""

from __future__ import annotations

import pytest

from taktvoll.model import Kind
from taktvoll.read.kind import Clues, kind_of

TIME = Clues(has_time=True, has_date=True)
LINK = Clues(has_date=True)
NONE = Clues()
BACK = Clues(is_answer=True)
BACK_TIME = Clues(is_answer=True, has_time=True, has_date=True)
ABOUT = "sehr geehrte frau adler, wir laden sie zum vorstellungsgespräch am 3.12. um 10 uhr ein."
ABOUT_EN = "dear ms adler, we would like to invite you to an interview on 3 december at 10am."
BACK_ABOUT = Clues(is_answer=True, earlier=ABOUT)
BACK_ABOUT_TIME = Clues(is_answer=True, has_time=True, has_date=True, earlier=ABOUT)
BACK_ABOUT_EN = Clues(is_answer=True, earlier=ABOUT_EN)
BACK_ABOUT_EN_TIME = Clues(is_answer=True, has_time=True, has_date=True, earlier=ABOUT_EN)

INVITATIONS = [
    ("Vorstellungsgespräch", "wir laden Sie am 3.12. um 10 Uhr zum Gespräch ein.", TIME),
    ("Ihre Bewerbung", "haben Sie am Dienstag um 15 Uhr Zeit für ein Telefonat?", TIME),
    (
        "Deine Bewerbung bei uns",
        "komm doch am Freitag um 9 Uhr mal vorbei, dann quatschen wir.",
        TIME,
    ),
    (
        "Bewerbung Köchin",
        "können Sie nächste Woche zum Probearbeiten kommen? Mittwoch 8 Uhr?",
        TIME,
    ),
    (
        "Termin",
        "Ihre Unterlagen gefallen uns. Passt Ihnen der 4.12. um 11 Uhr bei uns im Büro? Bitte "
        "bestätigen Sie kurz.",
        TIME,
    ),
    ("Nächste Runde", "such dir hier einen Termin für das Gespräch mit Lena aus.", LINK),
    (
        "Einladung",
        "wir freuen uns, Sie zu einem Auswahlverfahren einzuladen. Sollten Sie verhindert sein, "
        "teilen Sie uns dies bitte mit. Wir bitten um Bestätigung bis zum 1.12.",
        TIME,
    ),
    (
        "Einladung zum Erstgespräch",
        "danke für Ihre Bewerbung. Das Gespräch findet am 3.12. um 14 Uhr statt. Falls der Termin "
        "nicht passt, verschieben wir ihn gern.",
        TIME,
    ),
    (
        "Gespräch?",
        "dein Profil hat uns überzeugt! Magst du dich mit uns auf einen Kaffee treffen?",
        NONE,
    ),
    (
        "Schnuppertag",
        "gern darfst du am 8. Jänner einen Tag bei uns schnuppern, Beginn 7 Uhr. Sag bis "
        "Freitag Bescheid.",
        TIME,
    ),
    (
        "Ihre Bewerbung",
        "vielen Dank für Ihre Bewerbung, die wir mit Interesse geprüft haben. Gern möchten wir Sie "
        "persönlich kennenlernen: Montag, 7.12., 9 Uhr.",
        TIME,
    ),
    (
        "Rückmeldung",
        "leider hat es etwas gedauert. Wir würden Sie nun gerne zum Gespräch einladen, am "
        "3.12. um 10 Uhr.",
        TIME,
    ),
    ("Interview invitation", "we'd like to invite you to interview on 3 December at 2pm.", TIME),
    ("Your application", "are you free for a quick call on Tuesday at 11?", TIME),
    (
        "Next steps",
        "Thanks for applying. Our hiring manager would love to chat. Pick a slot here. Need to "
        "reschedule later? Use the same link.",
        LINK,
    ),
    (
        "Trial shift",
        "can you come in for a trial shift on Saturday at 10? bring non slip shoes",
        TIME,
    ),
    (
        "Interview",
        "Your interview has been scheduled for 3 December, 10:00. Please confirm your "
        "attendance by "
        "Friday. If you need to cancel, call us.",
        TIME,
    ),
    (
        "Application for Teaching Assistant",
        "You have been shortlisted. The panel will see you on 3 December at 9.20. "
        "References will be "
        "requested before interview.",
        TIME,
    ),
    (
        "Re: Application",
        "great CV! Could you make it to our Leeds office on Monday at 4? Let me know if that works "
        "for you.",
        BACK_TIME,
    ),
    (
        "Zweites Gespräch",
        "Sie haben uns überzeugt. Wir möchten Sie zur zweiten Runde einladen.",
        NONE,
    ),
    (
        "AW: Bewerbung als Maler",
        "ja Stelle ist noch frei. kommen sie montag 7 uhr auf den hof.",
        BACK_TIME,
    ),
]
CONFIRMATIONS = [
    (
        "Terminbestätigung",
        "hiermit bestätigen wir Ihren Termin zum Vorstellungsgespräch am 3.12.",
        TIME,
    ),
    ("AW: Termin", "super, dann sehen wir uns am Donnerstag um 10. Freue mich!", BACK_ABOUT_TIME),
    ("Re: Einladung", "danke für deine Zusage, der Termin ist fest eingetragen.", BACK_ABOUT),
    (
        "Ihr Termin",
        "wie telefonisch besprochen findet Ihr Vorstellungsgespräch am 3.12. um 9 statt.",
        TIME,
    ),
    ("Erinnerung", "wir erinnern Sie an Ihr Vorstellungsgespräch morgen um 10 Uhr.", TIME),
    (
        "Gebucht: Interview",
        "dein Interview mit Tom ist gebucht. Umbuchen oder absagen: Link.",
        TIME,
    ),
    (
        "AW: Terminvorschläge",
        "dann nehmen wir den 4.12. um 14 Uhr, wie von Ihnen gewünscht.",
        BACK_ABOUT_TIME,
    ),
    ("AW: Vorstellungsgespräch", "alles klar, passt bei uns auch. Bis Montag!", BACK_ABOUT),
    ("Interview confirmed", "this is to confirm your interview on 3 December at 10am.", TIME),
    ("Re: Interview", "perfect, see you on Thursday at 10.", BACK_ABOUT_EN_TIME),
    ("Reminder: interview tomorrow", "just a friendly reminder of your interview at 10:00.", TIME),
    (
        "Re: slots",
        "Thanks for getting back. Let's go with Tuesday 2pm for the interview.",
        BACK_ABOUT_EN_TIME,
    ),
    (
        "Booking confirmed: phone interview",
        "You're booked in with Sam. Reschedule or cancel below.",
        TIME,
    ),
    (
        "Your interview",
        "As discussed on the phone, your interview will be on 3 December at 9am.",
        TIME,
    ),
]
RESCHEDULES = [
    (
        "Terminverschiebung",
        "leider müssen wir unser Gespräch auf den 9.12. um 11 Uhr verschieben.",
        TIME,
    ),
    (
        "AW: Termin",
        "bei mir klappt es Dienstag doch nicht. Geht stattdessen Mittwoch um 10?",
        BACK_ABOUT_TIME,
    ),
    (
        "Gespräch am 3.12.",
        "könnten wir eine Stunde später beginnen, also um 11 Uhr?",
        BACK_ABOUT_TIME,
    ),
    (
        "Vorstellungsgespräch: neuer Termin",
        "unser Abteilungsleiter ist erkrankt. Als neuen Termin schlagen wir den 10.12., 9 Uhr vor.",
        TIME,
    ),
    (
        "Ihr Vorstellungstermin",
        "der Termin findet nicht am 3., sondern am 4.12. um 9 Uhr statt.",
        TIME,
    ),
    (
        "Ihr Vorstellungsgespräch",
        "das Gespräch am Montag müssen wir leider verschieben. Wir melden uns mit einem "
        "neuen Termin.",
        LINK,
    ),
    (
        "Ihr Vorstellungsgespräch",
        "den Termin am Montag müssen wir leider absagen. Neuer Vorschlag: Mittwoch, 10 Uhr.",
        TIME,
    ),
    ("Interview moved", "we have to move your interview from Monday to Wednesday at 3pm.", TIME),
    (
        "Re: Interview",
        "something came up on our side. Could we do Thursday at 2 instead?",
        BACK_ABOUT_EN_TIME,
    ),
    ("Change of time", "Your interview will now start at 11:30 rather than 10:00.", TIME),
    ("Interview", "We need to reschedule your interview. New time: 4 December, 9am.", TIME),
    (
        "Gespräch",
        "wir müssen das Vorstellungsgespräch leider um eine Woche nach hinten schieben: "
        "10.12., 9 Uhr.",
        TIME,
    ),
]
CANCELLATIONS = [
    (
        "Ihr Vorstellungsgespräch",
        "das Gespräch am Montag müssen wir leider absagen. Einen neuen Termin können wir "
        "noch nicht "
        "nennen.",
        LINK,
    ),
    ("Absage Termin", "leider müssen wir das Vorstellungsgespräch am 3.12. absagen.", TIME),
    (
        "AW: Vorstellungsgespräch",
        "ich muss Ihnen für morgen leider absagen, bei uns sind alle krank.",
        BACK_ABOUT,
    ),
    (
        "Ihr Gespräch bei uns",
        "die Stelle wurde inzwischen intern besetzt. Das Gespräch am Montag entfällt daher.",
        TIME,
    ),
    (
        "Interview cancelled",
        "we're sorry, but your interview on 3 December will not go ahead.",
        TIME,
    ),
    (
        "Re: Interview",
        "unfortunately we have to cancel your interview tomorrow.",
        BACK_ABOUT_EN_TIME,
    ),
    (
        "Your interview on Friday",
        "The role has been put on hold, so we won't be going ahead with Friday's interview.",
        TIME,
    ),
    ("Bewerbungsgespräch", "der Termin morgen fällt leider aus.", LINK),
]
REPLIES = [
    ("AW: Frage", "ja, Parkplätze gibt es hinter dem Haus.", BACK_ABOUT),
    ("Re: Interview", "yes, a laptop will be provided. No need to bring yours.", BACK_ABOUT_EN),
    ("AW: Vorstellungsgespräch", "danke für die Info, gute Besserung!", BACK_ABOUT),
]
OTHERS = [
    ("Eingangsbestätigung", "Ihre Bewerbung ist bei uns eingegangen. Wir melden uns.", NONE),
    (
        "Ihre Bewerbung",
        "vielen Dank für Ihre Bewerbung. Nach Sichtung laden wir geeignete Kandidaten zum "
        "Vorstellungsgespräch ein, voraussichtlich ab dem 10.12.",
        LINK,
    ),
    ("Ihre Bewerbung", "leider haben wir uns für einen anderen Bewerber entschieden.", NONE),
    (
        "Ihr Gespräch vom 3.12.",
        "vielen Dank für das angenehme Vorstellungsgespräch. Leider können wir Ihnen keine "
        "positive "
        "Rückmeldung geben.",
        NONE,
    ),
    (
        "Vertragsangebot",
        "wir freuen uns, Ihnen die Stelle anbieten zu können. Arbeitsbeginn 1.1.",
        LINK,
    ),
    (
        "Unterlagen",
        "für Ihre Bewerbung fehlt uns noch Ihr Zeugnis. Bitte bis 3.12. nachreichen.",
        LINK,
    ),
    ("Jour fixe", "Hallo zusammen, wir treffen uns am Montag um 9 Uhr zur Teamrunde.", TIME),
    (
        "Terminerinnerung",
        "Ihr Termin in unserer Zahnarztpraxis: 3.12., 8 Uhr. Versichertenkarte!",
        TIME,
    ),
    ("Webinar: So überzeugst du im Interview", "am 3.12. um 18 Uhr, jetzt anmelden!", TIME),
    ("Job-Alert", "12 neue Stellen für dich: Buchhalter, Controller …", NONE),
    ("Elternabend", "der Elternabend der Klasse 3b findet am 3.12. um 19 Uhr statt.", TIME),
    ("Rechnung", "bitte überweisen Sie den Betrag bis zum 3.12.", LINK),
    ("Application received", "We have received your application and will be in touch.", NONE),
    (
        "Your application",
        "Thank you for attending the interview. On this occasion you have not been successful.",
        NONE,
    ),
    (
        "Thank you for applying",
        "Interviews will be held on 10 December. If you are shortlisted we will contact you.",
        LINK,
    ),
    ("Offer", "We are delighted to offer you the position of analyst. Start date 4 January.", LINK),
    ("Your dental check-up", "Your appointment is on 3 December at 9am with Dr Hale.", TIME),
    ("Sprint planning", "Hi all, sprint planning moves to Tuesday 10am.", TIME),
    ("Careers fair", "Meet 40 employers on 3 December from 10am, bring your CV.", TIME),
    ("Missing documents", "please upload a copy of your passport by 3 December.", LINK),
    ("Dein Paket", "kommt am Dienstag zwischen 10 und 12 Uhr.", TIME),
    ("Kündigung", "hiermit bestätigen wir Ihre Kündigung zum 31.12.", LINK),
]
CASES = [
    (kind, *case)
    for kind, cases in (
        (Kind.INVITATION, INVITATIONS),
        (Kind.CONFIRMATION, CONFIRMATIONS),
        (Kind.RESCHEDULE, RESCHEDULES),
        (Kind.CANCELLATION, CANCELLATIONS),
        (Kind.REPLY, REPLIES),
        (Kind.OTHER, OTHERS),
    )
    for case in cases
]


@pytest.mark.parametrize(
    ("kind", "subject", "text", "clues"), CASES, ids=[c[2][:60] for c in CASES]
)
def test_kind(kind: Kind, subject: str, text: str, clues: Clues) -> None:
    assert kind_of(subject, text, clues) is kind
