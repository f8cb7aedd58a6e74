"""People in mails: names, firms that look like names, who signs, who is named for questions."""

from __future__ import annotations

import pytest

from taktvoll.language.contacts import find_contact
from taktvoll.language.names import is_name, people_in, person_in_header
from taktvoll.language.signers import find_signer
from taktvoll.model import Gender


@pytest.mark.parametrize(
    "name",
    ["Anke Brandt", "J. R. Whitcombe", "Oliver St. Clair-Mbeki", "Aoife O’Brien",
     "Jürgen Schneider", "Mary Cook", "Özlem Çelik", "Anna de Vries"],
)  # fmt: skip
def test_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "words",
    ["Kettle River County", "Recruitment Services", "Parts Sales Advisor", "Frohe Feiertage",
     "Rose Street", "Erzbischöfliches Generalvikariat", "Co KG", "CV", "Personalabteilung",
     "Pflegedienst Herzenssache", "Ihre Ansprechpartnerin", "Town Clerk Harnley"],
)  # fmt: skip
def test_no_name(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize(
    ("shown", "address", "name"),
    [
        ("Huber, Petra", "p.huber@firma.example", "Petra Huber"),
        ("Imfeld Beatrice", "beatrice.imfeld@kanton.example", "Beatrice Imfeld"),
        ("Jana", "jana@kiesel.example", "Jana"),
        ("Terminly", "notifications@terminly.example", None),
        ("Larkfield Payments", "jobs@larkfield.example", None),
        ("Stadtwerke Brinkhausen", "personal@stadtwerke-brinkhausen.example", None),
    ],
)
def test_the_sender_of_a_mail(shown: str, address: str, name: str | None) -> None:
    person = person_in_header(shown, address)
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Fragen beantwortet Ihnen Frau Öttl im Sekretariat.", "Öttl", Gender.FEMALE),
        ("Auskünfte gibt Ihnen die Leiterin, Frau DI Dr. Eva Pichl.", "Eva Pichl", Gender.FEMALE),
        (
            "wenden Sie sich an unseren HR-Verantwortlichen Tobias Rüegg",
            "Tobias Rüegg",
            Gender.MALE,
        ),
        ("bitte an meine Kollegin Anke Thoms, Tel. 123", "Anke Thoms", Gender.FEMALE),
        ("Herr Finanzvorstand DI Dr. Norbert Haslauer", "Norbert Haslauer", Gender.MALE),
    ],
)
def test_people_with_offices(text: str, name: str, gender: Gender) -> None:
    person = next(people_in(text, 0, len(text)))
    assert (person.name, person.gender) == (name, gender)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hallo Kim,\n\nkomm doch vorbei.\n\nBaba\nHannes Egger\nKüchenchef", "Hannes Egger"),
        ("Hi Luis,\nhalf 2 suit you?\nGráinne", "Gráinne"),
        ("Deniz,\n\nGood news.\n\nOliver\n\nOliver St. Clair\nPartner", "Oliver St. Clair"),
        ("moin, hier torben jansen von der dachdeckerei, komm vorbei", "Torben Jansen"),
        ("Hiya Callum, Mags here, you left your CV on the counter", "Mags"),
        ("Guten Tag Frau Sandner,\n\nText.", None),
        ("Komm am Freitag.\n\nBussi, Moni\n(Monika Fankhauser, Chefin)", "Monika Fankhauser"),
        ("Come on Friday, we have cake.\n\nBev x\nButtercups Tea Room", "Bev"),
        ("Heute 08:47  Nurten Eker\nkommen Sie am Donnerstag", "Nurten Eker"),
        ("Bonnie Reyes · 2nd\nRecruiter at Galvanic\n\nHey Theo, which one?", "Bonnie Reyes"),
        ("Das Zeugnis bitte im Original, Frau Kern freut sich sehr auf Sie", None),
        ("Half an hour, I'll send a ticket. Svea, Northwind Pumps", "Svea"),
    ],
)
def test_who_signs(text: str, name: str | None) -> None:
    person = find_signer(text)
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bei Fragen erreichen Sie Lotte Marquart. \n\nBis dann!\nCaro", "Lotte Marquart"),
        ("Lotte Marquart ist deine Ansprechpartnerin: 0171\n\nLG\nCaro", "Lotte Marquart"),
        ("Als Gesprächspartner stehen Ihnen Frau Hauser und Herr Lenz bereit.\n\n"
         "Freundliche Grüße\nSparkasse Mosel\n\nIhr Kontakt: Herr Weinand, Tel. 12", "Weinand"),
        ("Bei Fragen melden Sie sich bei mir.\n\nViele Grüße\nAnke Brandt", "Anke Brandt"),
        ("Please RSVP to Ms. Carla Dietz, HR Generalist.\n\nRegards\nPat Lind", "Carla Dietz"),
        ("Bitte verständigen Sie Herrn Röhm (Telefon 07935 5558), falls etwas ist.", "Röhm"),
        ("Kindly telephone Miss Adwoa Lamptey on 0141 555 0188.\n\nCare Homes", "Adwoa Lamptey"),
        ("Stuck? Email Kemi Adeyemi, Talent Partner: kemi@lumen.example", "Kemi Adeyemi"),
        ("Haben Sie noch Fragen? Ute Karg hilft Ihnen weiter.\n\nGruß\nBo Lind", "Ute Karg"),
        ("Please confirm with Ute Karg on 01632 960711.\n\nRegards\nBo Lind", "Ute Karg"),
        ("Ute Karg is happy to answer questions.\n\nRegards\nBo Lind", "Ute Karg"),
        ("Your recruiter is Ute Karg and she can help.\n\nRegards\nBo Lind", "Ute Karg"),
        ("Queries go to the HR Service Desk on 01632 960700.\n\nRegards\nBo Lind", "Bo Lind"),
        ("fachlich: Herr Dr. Thode\nAnsprechpartnerin: Frau Karg", "Karg"),
    ],
)  # fmt: skip
def test_whom_one_asks(text: str, name: str) -> None:
    person = find_contact(text)
    assert person is not None and person.name == name
