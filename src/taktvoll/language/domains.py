"""What the domain of a mail address tells: whose it is, or that it tells nothing."""

from __future__ import annotations

import re

PLATFORM = re.compile(
    r"(?<![a-z])(?:personio|greenhouse|lever(?![a-z])|workday|smartrecruiters|recruitee|"
    r"softgarden|calendly|google|microsoft|zoom|teamtailor|bamboohr|icims|successfactors|rexx|"
    r"d\.vinci|join\.com|ashby)",
    re.IGNORECASE,
)
"""Services that send for an employer: their domain says nothing about who employs."""

FREE_MAIL = re.compile(
    r"(?:^|\.)(?:gmail|googlemail|gmx|web|outlook|hotmail|live|yahoo|icloud|t-online|freenet|aol|"
    r"proton|protonmail|posteo|mailbox|me|bluewin|aon|chello)\.\w{2,3}$"
)
"""Where everybody can have an address: to be matched with a domain in lower case."""


def registered(address: str) -> str:
    """The part of a mail domain that somebody registered: example.de, example.co.uk."""
    parts = address.rsplit("@", 1)[-1].lower().split(".")
    long = len(parts) > 2 and parts[-2] in ("co", "com", "org", "ac", "gov")
    return ".".join(parts[-3 if long else -2 :])
