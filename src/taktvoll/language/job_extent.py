"""How far a job title goes on behind its words: workload, grade, field, shift."""

from __future__ import annotations

import re

from taktvoll.language.employers import is_body, is_head

GENDERS = (
    r"[(\[]\s?(?:[mwfdxiagn](?:\s?[/|,]\s?[mwfdxiagn*]){1,3}|all genders|gn|divers|m/w/divers|"
    r"w/m/divers|alle geschlechter)\s?[)\]]"
)
ROLE = (
    r"(?:role|position|vacancy|post|job|opening|internship|opportunity|spot|gig|programme|program|"
    r"scheme)"
)
"""What an English letter calls a job behind its title."""
SHARE = r"(?:\d{1,3}(?:[ ]?%)?[ ]?(?:-|bis|to)[ ]?)?\d{1,3}[ ]?%(?!\w)"
"""A workload as advertisements in Switzerland state it: "80 %", "60 - 100 %"."""

_CLAUSE_ENDS = r"(?=[ \t]*(?:\n|$|\(|\s[-|]))"
_FIELD_WORD = r"[A-Z][A-Za-z/&\-]{2,20}"
_FIELD = (
    r"(?:[A-Za-z]{2,16}[/\-][A-Z][A-Za-z/\-]{2,16}|[A-Z][a-z]{2,16}(?:ics|ing|[ts]ion|ment|[ea]nce|ogy|"
    r"ity|ies|work|care|cords|[ct]ions|vices|tems|ounts|ients|ales|ture|iatry|lients)|Client|Fiction|Law|Design|"
    r"Tax|Audit|Legal|Data|Cloud|[A-Z]{2,5})"
)
"""A word that is a field and no place: "Casework", "Med/Surg", but not "Norwich"."""
_FIELDS = (
    r"(?:Mid-Market|Enterprise|Commercial|Corporate|SMB|SME|EMEA|DACH|APAC|Payments|Growth|Platform|"
    r"Infrastructure|Operations|Casework|Policy|Compliance|Finance|Marketing|Partnerships|Retail|"
    r"Staff Grade|Senior Grade|Basic Grade)"
)
_STEPS = (
    *("Band", "Grade", "Level", "Scale", "Step", "Tier", "Year", "Stage", "Stufe", "Klasse"),
    *("Gruppe", "Sachgebiet", "Referat", "Dezernat", "Fachbereich", "EG", "Lohnklasse"),
)
"""Words that a number belongs to: "Band 4", "Sachgebiet 31", "EG 9b"."""
_STEP = "|".join(_STEPS)
_NUMBERED = "|".join(rf"(?<=\s{step})" for step in _STEPS)
_TERMS = (
    r"(?:Night|Day|Full|Part|Fixed|Perm|Temp|Matern|Teil|Voll|Remote|Hybrid|Ref|Job|Req|All|Kenn|"
    r"Minijob|Pensum|Befrist|Unbefrist|Eltern|Nacht|Tag|Früh|Spät|Schicht|GN|MWD|FTC|FTE|TBC|PDF)"
)
"""Hours and terms in parentheses stand beside a title; they are not in it."""
_SHIFTS = (
    r"(?i:days?|nights?|evenings|weekends|earlies|lates|(?:day|night|late|early) shifts?|"
    r"part[- ]time|full[- ]time|(?:tag|nacht|früh|spät)schicht|nachtdienst|teilzeit|vollzeit)"
)
_NTH_SHIFT = r"(?i:(?:1st|2nd|3rd|first|second|third)[ ]shift)"
_TERMS_OR_CODE = r"[^()\n]{0,40}(?:\d{3}|[Rr]e[fq](?!\w)|hours|hrs|Std|%)"
_MORE = re.compile(
    rf"[ ](?:nach|gem(?:äß|\.))[ ]§[ ]?\d{{1,3}}[a-z]?(?:[ ](?:SGB|HeimG|GewO|"
    rf"[A-Z]{{2,6}})(?:[ ][IVX]{{1,4}}(?!\w))?)?"
    rf"|(?<=[a-z])[ ](?:[1-3]|I{{1,3}}|IV)(?=[ ]*(?:\n|$|[,.(]|on |at |role|position|post))"
    r"|[ ]in[ ]Teilzeit(?=[ ]*(?:[-–,.\n]|$))"
    rf"|[ ]{SHARE}|,[ ]{SHARE}(?=[ \t]*(?:\n|$))"
    rf"|(?:{_NUMBERED})[ ]\d{{1,2}}[a-z]?(?![\w%/]|\.\d|[ ]?%)"
    rf"|,?[ ](?:{_STEP})[ ]\d{{1,2}}[a-z]?(?![\w%/]|\.\d|[ ]?%)"
    rf"|[ ]\((?:{_STEP}|Key Stage)[ ]\d{{1,2}}[a-z]?\)"
    r"|[ ]\((?:1st|2nd|3rd)[ ][A-Za-z]{4,8}\)"
    rf"|(?P<field>[ ]\((?!{_TERMS})(?:[A-ZÄÖÜ][a-zäöüß]{{4,24}}|"
    rf"[A-Z][a-z]{{2,12}}-[A-Z][a-z]{{2,16}}|"
    r"[A-Z]{2,5}\d?(?:/\d)?|"
    r"[A-ZÄÖÜ][a-zäöüß]{2,24}-[ ]und[ ][A-ZÄÖÜ][a-zäöüß]{2,30})\)"
    rf"|,[ ](?:{_FIELD_WORD}[ ](?:(?:&|and)[ ])?){{0,2}}{_FIELD}{_CLAUSE_ENDS})"
    rf"|,[ ]{_FIELD_WORD}[ ](?:&|and)[ ]{_FIELD_WORD}{_CLAUSE_ENDS}"
    rf"|[ ](?!{GENDERS})\((?!{_TERMS_OR_CODE})[^()\n]{{2,40}}\)(?=[ ]{ROLE}(?!\w))"
    rf"|[ ]-[ ]{_FIELD_WORD}(?:[ ]{_FIELD_WORD}){{0,2}}(?=[ ]{ROLE}(?!\w))"
    rf"|,[ ]{_FIELDS}(?!\w|[ ][A-Z])"
    rf"|(?:[ ]-|,)[ ](?:{_SHIFTS}(?=[ \t]*(?:\n|$))|{_NTH_SHIFT}(?!\w))"
)
_MOST = 4  # additions to one title


def title_end(text: str, end: int) -> int:
    """Where the title that reaches to ``end`` is whole: "Registered Nurse, Med/Surg (Band 5)".

    ``text`` has the marks of a typewriter. What names an employer adds nothing.
    """
    for _ in range(_MOST):
        more = _MORE.match(text, end)
        if more is None or any(is_head(w) or is_body(w) for w in (more["field"] or "").split()):
            break
        end = more.end()
    return end
