"""The employer's hours as an invitation lets one know them: zone, country, Land or canton."""

from __future__ import annotations

from datetime import datetime

from taktvoll.model import Invitation
from taktvoll.regions import region_of
from taktvoll.times import Office, TimeLeft, begins, office, time_left


def time_left_for(invitation: Invitation, now: datetime) -> TimeLeft | None:
    """How much time is left; None where no start is known."""
    start = begins(invitation)
    if start is None:
        return None
    country = invitation.country
    region = region_of(invitation.location, country)
    return time_left(now, start, invitation.timezone, country, region)


def office_of(invitation: Invitation, at: datetime) -> Office:
    """Their office on the days around ``at``."""
    region = region_of(invitation.location, invitation.country)
    return office(at, invitation.timezone, invitation.country, region)
