"""The slots that a part may use: a closed list, the same names in every language.

A slot carries its own grammar: a part never declines anything. A slot without a value makes every
part that names it unavailable; the letter then uses another part, or asks.
"""

from __future__ import annotations

SLOTS: dict[str, tuple[str, str]] = {
    # name: (German example, English example)
    "salutation": ("Sehr geehrte Frau Dr. Brandt,", "Dear Ms Whitfield,"),
    "contact": ("Frau Dr. Brandt", "Ms Whitfield"),  # nominative
    "contact_acc": ("Herrn Dr. Klein", "Mr Klein"),  # accusative and dative
    "contact_or_team": ("Frau Dr. Brandt", "Ms Whitfield"),  # dative; "der Personalabteilung"
    "company": ("Muster GmbH", "Example Ltd"),
    "company_at": ("bei der Muster GmbH", "at Example Ltd"),
    "position": ("Disponentin", "Grants Officer"),
    "position_as": ("als Disponentin", "for the Grants Officer role"),
    "position_the": ("die Stelle als Disponentin", "the Grants Officer role"),
    "position_dat": ("der Stelle als Disponentin", "the Grants Officer role"),
    "application": (
        "meine Bewerbung als Disponentin",
        "my application for the Grants Officer role",
    ),  # "meine Bewerbung" where the position is unknown
    "reference": ("K-2026-117", "K-2026-117"),
    # the appointment, on the employer's clock
    "date": ("9. Dezember 2026", "9 December 2026"),
    "day_on": ("am Mittwoch, den 9. Dezember", "on Wednesday 9 December"),
    "day_for": ("für Mittwoch, den 9. Dezember", "for Wednesday 9 December"),
    "that_day": ("an diesem Tag", "that day"),  # "heute", "today"
    "when_on": (
        "am Mittwoch, den 9. Dezember 2026, um 10:00 Uhr",
        "on Wednesday 9 December 2026 at 10:00 am",
    ),
    "when_for": (
        "für Mittwoch, den 9. Dezember 2026, um 10:00 Uhr",
        "for Wednesday 9 December 2026 at 10:00 am",
    ),
    "when_spoken": ("morgen um zehn Uhr", "tomorrow at ten"),
    "time": ("10:00 Uhr", "10:00 am"),
    "place": ("Hafenstraße 12, 20457 Hamburg", "12 Quay Street, Leeds LS1 4DY"),
    "format_by": ("per Video", "by video"),  # how the appointment was meant to be held
    # what the person brings
    "reason_clause": (
        "ich habe mich für eine andere Stelle entschieden",
        "I have accepted another position",
    ),
    "reason_by": ("aus familiären Gründen", "for family reasons"),
    "slots": (
        "am Donnerstag, den 10. Dezember, um 9:00 Uhr oder am Freitag, den 11. Dezember",
        "on Thursday 10 December at 9:00 am or on Friday 11 December",
    ),
    # one concrete thing from the talk, accusative: a matter that was talked about, or something
    # that one has seen or done there; a letter has one of the two
    "about": ("die neue Leitstelle", "the new control room"),
    "experience": ("die Führung durch die Werkstatt", "the tour of the workshop"),
    "eta": ("gegen 10:20 Uhr", "around 10:20 am"),
    "until": ("bis Freitag, den 12. Dezember", "by Friday 12 December"),
    "earlier_on": ("am 3. Dezember", "on 3 December"),
    "wish_by": ("per Video", "by video"),  # change_format
    # what belongs to a situation
    "client_at": ("bei der Muster GmbH", "at Example Ltd"),  # "bei Ihrem Kunden"
    "stays_as": ("als Disponentin", "for the Grants Officer role"),
    "moved_times": ("zweimal", "twice"),
    "caller": ("Petra Sandner", "Petra Nolan"),  # the parent who calls
    "sentence": ("Ihren Podcast höre ich seit Jahren.", "I have followed your podcast for years."),
    "sender_name": ("Mira Sandner", "Priya Nolan"),
    "sender_first": ("Mira", "Priya"),
    "sender_phone": ("0151 23456789", "07700 900123"),
    "sender_email": ("mira@example.org", "priya@example.org"),
}
