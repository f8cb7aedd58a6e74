"""An invented invitation to try it on: to an interview that is always some days ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from taktvoll.in_words import day_text
from taktvoll.messages import say
from taktvoll.model import Language
from taktvoll.times import WEEKEND

_AHEAD = timedelta(days=8)
_WRITTEN = timedelta(days=1)


def example(language: Language, now: datetime) -> bytes:
    """A mail that invites to an interview in a good week's time."""
    day = now + _AHEAD
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    message = EmailMessage(policy=SMTP)
    message["From"] = say("web.example.from", language)
    message["To"] = say("web.example.to", language)
    message["Subject"] = say("web.example.subject", language)
    message["Date"] = format_datetime(now - _WRITTEN)
    message["Message-ID"] = f"<example-{language}-{day:%Y%m%d}@gartenwerk.example>"
    message["Content-Language"] = language.value
    message.set_content(say("web.example.text", language, day=day_text(day, language)))
    return message.as_bytes()
