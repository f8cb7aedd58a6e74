"""The letter on paper says what the letter says, and where its country wants it; text is text."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from html import unescape

import pytest

from taktvoll.model import Brief, Country, Draft
from taktvoll.send.paper import letter_pdf
from taktvoll.write import write
from taktvoll.write.lines import brief_from_line

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed (./test does)"
)
MM = 72 / 25.4  # points
GERMAN = {
    "name": "Mira Sandner",
    "contact": "Frau Dr. Amsel",
    "company": "Halden & Söhne GmbH",
    "position": "Disponentin",
    "start": "2026-12-09T14:30",
    "location": "Besprechungsraum 2, Hafenweg 12, 20457 Hamburg",
    "sender_phone": "0151 23456789",
    "sender_email": "mira@sandner.example",
}
ENGLISH = GERMAN | {
    "name": "Priya Nolan",
    "contact": "Ms Whitfield",
    "company": "Bell & Daughters",
    "position": "Grants Officer",
}
PLACES = {
    Country.DE: ("Hafenweg 12, 20457 Hamburg", ("Lindenweg 4", "21335 Lüneburg")),
    Country.AT: ("Wiener Straße 7/2, 4020 Linz", ("Gartengasse 3/12", "1050 Wien")),
    Country.CH: ("Bahnhofstrasse 12, 8001 Zürich", ("Seeweg 8", "8800 Thalwil")),
    Country.GB: ("12 Quay Street, Leeds LS1 4DY", ("4 Mill Lane", "York YO1 7HH")),
    Country.IE: ("12 Quay Street, Dublin D02 AF30", ("4 Mill Lane", "Cork T12 X2Y3")),
    Country.US: ("12 Quay Street, Springfield, IL 62701", ("4 Mill Lane", "Salem, OR 97301")),
}


def a_letter(country: Country, *, known: bool = True, **changes: str) -> tuple[Brief, Draft]:
    german = country in (Country.DE, Country.AT, Country.CH)
    location, postal = PLACES[country]
    line = {
        "intent": "withdraw_before",
        "lang": "de" if german else "en",
        "country": country,
        "channel": "paper",
        "duties": {"contract": "yes"},
        "now": "2027-01-04T09:00",
        "seed": "1",
        "context": (GERMAN if german else ENGLISH)
        | {"start": "2027-01-13T10:00", "location": location if known else "Zoom"}
        | changes,
    }
    brief, channel, seed = brief_from_line(line)
    sender = replace(brief.voice.sender, postal=postal if known else ())
    brief = replace(brief, voice=replace(brief.voice, sender=sender))
    return brief, write(brief, channel, seed=seed)


def poppler(pdf: bytes, *arguments: str) -> str:
    run = subprocess.run(
        ["pdftotext", *arguments, "-", "-"], input=pdf, capture_output=True, check=True, timeout=60
    )
    return run.stdout.decode()


def squeezed(text: str) -> str:
    """Without spaces and hyphens: lines break elsewhere on paper."""
    return re.sub(r"[\s\u00ad-]+", "", text)


@dataclass(frozen=True)
class Word:
    """One word of the page, in millimetres from its left and upper edge."""

    text: str
    left: float
    top: float
    right: float


def words(pdf: bytes) -> list[Word]:
    found = re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)</word>',
        poppler(pdf, "-bbox"),
    )
    return [
        Word(unescape(text), float(left) / MM, float(top) / MM, float(right) / MM)
        for left, top, right, text in found
    ]


def ink(pdf: bytes, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether anything is printed in the box, given in millimetres."""
    run = subprocess.run(
        ["pdftoppm", "-r", "127", "-gray", "-singlefile", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    _magic, width, _height, _depth, pixels = run.stdout.split(maxsplit=4)
    rows = range(int(top * 5), int(bottom * 5))  # 127 dots an inch are five a millimetre
    starts = (row * int(width) for row in rows)
    return any(min(pixels[at + int(left * 5) : at + int(right * 5)]) < 128 for at in starts)


@needs_poppler
@pytest.mark.parametrize("country", Country)
def test_the_page_says_what_the_letter_says(country: Country) -> None:
    brief, draft = a_letter(country)
    said = squeezed(poppler(letter_pdf(brief, draft)))
    salutation, body = draft.text.split("\n", 1)
    assert draft.subject
    for part in (salutation, draft.subject, body):
        assert squeezed(part) in said
    before, after = said.split(squeezed(draft.subject))
    beneath = country in (Country.GB, Country.IE, Country.US)
    assert (squeezed(salutation) in before) is beneath
    assert (squeezed(salutation) in after) is not beneath
    assert "Betreff" not in said


@needs_poppler
@pytest.mark.parametrize(
    ("country", "day", "person"),
    [
        (Country.DE, "Lüneburg, 4. Januar 2027", "Frau Dr. Amsel"),
        (Country.AT, "Wien, 4. Jänner 2027", "Frau Dr. Amsel"),
        (Country.CH, "Thalwil, 4. Januar 2027", "Frau Dr. Amsel"),
        (Country.GB, "4 January 2027", "Ms Whitfield"),
        (Country.IE, "4 January 2027", "Ms Whitfield"),
        (Country.US, "January 4, 2027", "Ms. Whitfield"),
    ],
)
def test_who_writes_to_whom_and_when(country: Country, day: str, person: str) -> None:
    brief, draft = a_letter(country)
    lines = [line.strip() for line in poppler(letter_pdf(brief, draft), "-raw").splitlines()]
    location, postal = PLACES[country]
    street, town = location.split(", ", 1)
    invited, sender = brief.invitation, brief.voice.sender
    for line in (day, person, invited.company, street, town, sender.name, *postal, sender.phone):
        assert line in lines, (line, lines)
    assert "Besprechungsraum 2" not in lines


@needs_poppler
@pytest.mark.parametrize(
    ("country", "size", "address", "body", "right"),
    [
        # DIN 5008 form B: address from 62.7, text from 98.46, margins 25 and 20
        (Country.DE, (210, 297), (25, 62.7), 98.46, 190),
        (Country.AT, (210, 297), (25, 60), 104, 185),
        (Country.CH, (210, 297), (120, 60), 104, 190),
        (Country.GB, (210, 297), (25.4, 62), 100, 184.6),
        (Country.US, (215.9, 279.4), (25.4, 68), 102, 190.5),
    ],
)
def test_everything_stands_where_it_belongs(
    country: Country,
    size: tuple[float, float],
    address: tuple[float, float],
    body: float,
    right: float,
) -> None:
    brief, draft = a_letter(country)
    pdf = letter_pdf(brief, draft)
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)">', poppler(pdf, "-bbox"))
    assert page
    assert [float(length) / MM for length in page.groups()] == pytest.approx(size, abs=0.2)
    found = words(pdf)
    assert all(word.left > 0 and word.right <= right + 0.3 for word in found)
    german = country in (Country.DE, Country.AT, Country.CH)
    company = next(word for word in found if word.text in ("Halden", "Bell"))
    first = next(word for word in found if word.top > body - 2)
    assert company.left == pytest.approx(address[0], abs=0.5)
    assert company.top == pytest.approx(address[1] if german else address[1] + 5.1, abs=1.5)
    assert first.top == pytest.approx(body, abs=1.5)
    above = [word for word in found if 50 < word.top < body - 2]
    assert all(word.top < 96 for word in above)


@needs_poppler
def test_what_is_unknown_is_left_to_be_filled_in() -> None:
    brief, draft = a_letter(Country.DE, known=False, contact="")
    pdf = letter_pdf(brief, draft)
    lines = [line.strip() for line in poppler(pdf, "-raw").splitlines()]
    assert "4. Januar 2027" in lines  # no place made up either
    assert "Personalabteilung" in lines
    assert not any("Zoom" in line or "None" in line for line in lines)
    for box in ((27, 22, 80, 39), (27, 74, 80, 92)):  # where the addresses would stand
        assert ink(pdf, *box)
    full, _ = a_letter(Country.DE)
    assert not ink(letter_pdf(full, draft), 66, 20, 80, 39)


@needs_poppler
@pytest.mark.parametrize(
    "place",
    ["Hamburg", "Hafenweg 12", "20457 Hamburg", "https://zoom.example/j/1", "Raum 3.14", ""],
)
def test_half_an_address_is_none(place: str) -> None:
    brief, draft = a_letter(Country.DE)
    brief = replace(brief, invitation=replace(brief.invitation, location=place))
    lines = poppler(letter_pdf(brief, draft), "-raw").splitlines()
    assert not place or place not in [line.strip() for line in lines]


HOSTILE = (
    '#eval("1 + 1")',
    '#read("/etc/passwd")',
    "#sys.inputs",
    "*fett* _kursiv_ `code` $x^2$ = Titel",
    "\\u{41} \\ // kein Kommentar /* auch nicht */ ~ --- \\#",
    '"; #panic()',
    "<label> @ref [Inhalt] {code}",
    "https://example.org/a_b?c=%22",
    "{{sender_name}} {n} {of}",
)


@needs_poppler
@pytest.mark.parametrize("country", Country)
def test_long_names_are_smaller_and_cover_nothing(country: Country) -> None:
    brief, draft = a_letter(country)
    long = "Gesellschaft für angewandte Forschung und Entwicklung " * 4
    sender = replace(brief.voice.sender, name="Maximiliane von " * 5 + "Sandner")
    invitation = replace(
        brief.invitation, company=long, contact=replace(brief.invitation.contact, name=long)
    )
    brief = replace(brief, invitation=invitation, voice=replace(brief.voice, sender=sender))
    found = words(letter_pdf(brief, draft))
    heads = [word for word in found if word.text in ("Gesellschaft", "Entwicklung", "Maximiliane")]
    assert len([word for word in heads if word.text == "Gesellschaft"]) == 8
    body = next(word for word in found if word.text in ("Sehr", "Dear"))
    assert all(word.top < body.top - 3 for word in heads if word.text != "Maximiliane")


@needs_poppler
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    brief, draft = a_letter(Country.DE)
    invitation = replace(brief.invitation, company=text)
    sender = replace(brief.voice.sender, name=text)
    brief = replace(brief, invitation=invitation, voice=replace(brief.voice, sender=sender))
    draft = replace(draft, subject=text, text=f"Guten Tag\n\n{text}\n\nGrüße\n{text}")
    said = squeezed(poppler(letter_pdf(brief, draft)))
    assert said.count(squeezed(text)) >= 5


@needs_poppler
def test_hidden_signs_are_left_out_and_strange_ones_do_no_harm() -> None:
    brief, draft = a_letter(Country.DE)
    draft = replace(draft, text="Guten Tag\n\nA\u202eB\u2066C\x00D\u200bE 🙂 你好 שלום\n\nGrüße")
    pdf = letter_pdf(brief, draft)
    said = poppler(pdf)
    assert "ABC DE" in said
    assert not re.search("[\u202e\u2066\u200b]", said)


@needs_poppler
def test_a_very_long_letter_goes_on_over_the_page() -> None:
    brief, draft = a_letter(Country.DE)
    long = " ".join(f"Wort{number}" for number in range(5000))
    pdf = letter_pdf(brief, replace(draft, text=draft.text.replace("\n\n", f"\n\n{long}\n\n", 1)))
    said = poppler(pdf)
    assert squeezed(long) in squeezed(re.sub(r"\s*Seite \d+ von \d+\s*", "", said))
    assert "Seite 2 von " in said
    short = letter_pdf(brief, draft)
    assert "Seite" not in poppler(short)


def test_a_usual_letter_is_one_page() -> None:
    for country in Country:
        pdf = letter_pdf(*a_letter(country))
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_the_same_letter_is_the_same_bytes_also_at_once() -> None:
    brief, draft = a_letter(Country.DE)
    with ThreadPoolExecutor(4) as several:
        made = list(several.map(lambda _: letter_pdf(brief, draft), range(8)))
    assert len(set(made)) == 1


def test_it_can_be_read_aloud_and_kept() -> None:
    brief, draft = a_letter(Country.CH)
    pdf = letter_pdf(brief, draft)
    assert b"/MarkInfo" in pdf
    assert b"/Lang" in pdf
    assert b"de-CH" in pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"<dc:title>" in pdf
