"""Positions in German sentences: "als Disponentin", "für die Ausbildung zur …", in quotes else."""

from __future__ import annotations

import re

from taktvoll.model import Country

_SEX = re.compile(
    r"\s*[(\[]\s*(?:[mwdfxai*]|div|gn|all genders?|alle)(?:\s*[/|,]\s*[mwdfxai*]|\s*[/|,]\s*div)*"
    r"\s*[)\]]",
    re.IGNORECASE,
)
# What one becomes ("als …"): a word of the position that ends like the name of a person.
_ROLE_END = re.compile(
    r"(?:er|in|ist|ent|ant|eur|or|oge|mann|frau|kraft|hilfe|leute|arzt|koch|azubi|trainee|"
    r"lead|analyst|head|architekt|anwalt|wirt|gestellte|beauftragte|auszubildende|rat|coach|chef|"
    r"person|student|pilot|geselle|gehilfe|hebamme|schwester|bote|mädchen|nurse)\Z",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(  # ends so and is none, or an adjective before the role
    r"(?:center|computer|semester|technischer|kaufmännischer|wissenschaftlicher|pädagogischer|"
    r"stellvertretender|leitender|medizinischer|operativer|junior|senior)\Z",
    re.IGNORECASE,
)
_THING = re.compile(  # what a person does, not what one is, whatever follows it
    r"\w*(?:platz|programm|management|dienst|jahr|job|tätigkeit|pool)\Z", re.IGNORECASE
)
_WAYS = (  # names that are no role but a thing with a gender
    (
        re.compile(
            r"(?:\w*ausbildung|lehrstelle|\w*lehre|stelle|\w*leitung|assistenz|geschäftsführung|"
            r"(?:\w+-)?professur|\w*tätigkeit)\b",
            re.IGNORECASE,
        ),
        "f",
    ),
    (
        re.compile(
            r"(?:\w*praktikum|\w*studium|volontariat|referendariat|traineeship|"
            r"trainee-?programm)\b",
            re.IGNORECASE,
        ),
        "n",
    ),
)
_DUAL = re.compile(r"\ADuales\s+(?=\w*(?:studium|praktikum)\b)", re.IGNORECASE)


def plain_position(position: str) -> str:
    """A position without "(m/w/d)" and closing punctuation."""
    return " ".join(_SEX.sub("", position).split()).strip(" .,;:")


def position_forms(position: str, country: Country) -> dict[str, str]:
    """The slots position_as, position_the and position_dat of a plain position.

    What is a role goes with "als"; a course of training has its article; all else is quoted.
    """
    if dual := _DUAL.match(position):
        course = position[dual.end() :]
        return {
            "position_as": f"für das duale {course}",
            "position_the": f"das duale {course}",
            "position_dat": f"dem dualen {course}",
        }
    for pattern, gender in _WAYS:
        if pattern.match(position):
            the, dative = ("die", "der") if gender == "f" else ("das", "dem")
            return {
                "position_as": f"für {the} {position}",
                "position_the": f"{the} {position}",
                "position_dat": f"{dative} {position}",
            }
    if _is_role(position):
        return {
            "position_as": f"als {position}",
            "position_the": f"die Stelle als {position}",
            "position_dat": f"der Stelle als {position}",
        }
    quoted = f"«{position}»" if country is Country.CH else f"„{position}“"
    return {
        "position_as": f"für die Stelle {quoted}",
        "position_the": f"die Stelle {quoted}",
        "position_dat": f"der Stelle {quoted}",
    }


def _is_role(position: str) -> bool:
    """Whether one of the first words names a person: "Technischer Leiter", "Pfleger im …"."""
    if len(position) > 60 or re.search(r"[„“\"<>{}]", position):
        return False
    for word in re.split(r"[\s/:*_-]+", position)[:4]:
        core = word.strip("()")
        if core[:1].isupper() and _THING.fullmatch(core):
            return False
        if core.lower() in ("im", "in", "für", "mit", "der", "des", "bei", "am", "an"):
            return False
        if core[:1].isupper() and _ROLE_END.search(core) and not _NO_ROLE.search(core):
            return True
    return False
