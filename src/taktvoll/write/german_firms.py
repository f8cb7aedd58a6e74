"""Firms in German sentences: where one works, with its preposition and article."""

from __future__ import annotations

import re

from taktvoll.model import Formality

# Where one works, by the word that names the kind of house; the first that fits counts.
_HOUSES = tuple(
    (where, re.compile(rf"(?:{words})\b", re.IGNORECASE))
    for where, words in (
        ("im", r"\w*klinikum|\w*krankenhaus|spital|\w*ministerium|\w*(?:rats|bezirks|gerichts|"
         r"finanz|jugend|ordnungs)amt|rathaus|\w*museum|\w*zentrum|hotel|gasth(?:of|aus)|caf[eé]|"
         r"restaurant|seniorenheim|pflegeheim|\w*haus"),
        ("am", r"\w*institut|\w*gymnasium|\w*kolleg|theater|flughafen|\w*gericht"),
        ("an der", r"\w*universität|\w*hochschule|fh|tu|\w*schule|akademie"),
        ("in der", r"praxis|kanzlei|\w*klinik|apotheke|kita|\w*bäckerei|buchhandlung|werkstatt|"
         r"\w*bibliothek"),
        ("bei der", r"stadt|gemeinde|\w*sparkasse|\w*agentur|\w*bank|stiftung|polizei|caritas|"
         r"diakonie|\w*kasse|\w*versicherung"),
        ("beim", r"magistrat|verein|\w*verband|verlag|kreis|landkreis|jobcenter|bund|land"),
    )
)  # fmt: skip
_PLURAL = re.compile(r"\A((?:\w*werk|\w*betrieb))e\b", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"\b(?:GmbH|AG|UG|KG|OHG|GbR|eG|SE|KGaA|mbH|gGmbH|PartG|Stiftung|Genossenschaft)\b"
)
_FAMILY = re.compile(r"&\s*(?:Söhne|Sohn|Töchter|Co\.?|Partner|Cie\.?)\s*\Z", re.IGNORECASE)


def at_company(company: str, formality: Formality) -> str:
    """ "bei der Muster GmbH", "im Klinikum Nord", "am Institut für Physik", "bei Weber & Söhne".

    Where the name does not tell its article: "bei Ihnen".
    """
    if _FAMILY.search(company):
        return f"bei {company}"
    if plural := _PLURAL.match(company):
        return f"bei den {plural[1]}en{company[plural.end() :]}"
    if _LEGAL_FORM.search(company):
        return f"bei der {company}"
    for where, house in _HOUSES:
        if house.match(company):
            return f"{where} {company}"
    return "bei euch" if formality is Formality.DU else "bei Ihnen"


def at_client(client: str | None, formality: Formality) -> str:
    """Where a headhunter sends one: "bei der Muster GmbH", else "bei Ihrem Kunden"."""
    if client and not (where := at_company(client, formality)).endswith(("Ihnen", "euch")):
        return where
    return "bei eurem Kunden" if formality is Formality.DU else "bei Ihrem Kunden"
