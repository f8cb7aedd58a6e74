"""What came back, as records: what it is, why, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from taktvoll.model import Contact, Decision, Invitation, Moment, ReplyClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What we had said, and to whom, before something came back.

    ``invitation`` is the appointment as the case holds it. ``message_ids`` are those of the mails
    that we sent, with their angle brackets; whoever sent by hand knows none. ``text`` is the body
    of our letter, so that a reply that repeats it without a mark is not judged by our words.
    ``own`` are the person's addresses, ``recipients`` those the letter went to.
    """

    invitation: Invitation
    decision: Decision
    message_ids: tuple[str, ...] = ()
    subject: str | None = None
    text: str | None = None
    own: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


class DeliveryState(StrEnum):
    """What a mail server reports of one recipient (RFC 3464 §2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"  # the server goes on trying: no failure
    DELIVERED = "delivered"  # delivered, or handed to a server that does not report


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One recipient in a report. ``status`` is as in RFC 3463: 5.1.1 is an unknown mailbox."""

    recipient: str | None
    state: DeliveryState
    status: str | None = None
    said: str | None = None  # by the server, in its words

    @property
    def permanent(self) -> bool:
        """Whether trying again is of no use: not a full mailbox, not a server out of reach.

        RFC 3463 §2: a first figure of 4 says that the same mail may get through later.
        """
        return self.state is DeliveryState.FAILED and not (self.status or "").startswith("4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Until when somebody is away (the last day), and who stands in, as far as it is said."""

    until: Moment | None = None
    stand_in: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reason for a class: a key of the catalogues with the values that fill it.

    Where words decided, ``quote`` is ``Reply.text[start:end]``; where a header did, the quote is
    that header's line and the offsets are None.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back.

    ``text`` is what its sender wrote, without what is quoted below it. ``start`` (aware) is the
    appointment it names: the new one, or the one of ours that was agreed to. ``knows`` is whether
    it shows that the employer knows what we said, so that nobody waits for the person.
    ``stranger``: it comes neither from a known address nor in answer to a mail of ours.
    """

    kind: ReplyClass
    why: Why
    text: str = ""
    start: datetime | None = None
    knows: bool = False
    stranger: bool = False
    automatic: bool = False
    deliveries: tuple[Delivery, ...] = ()
    absence: Absence | None = None

    @property
    def failed(self) -> tuple[Delivery, ...]:
        """The recipients that the letter will not reach; those only delayed are not among them."""
        return tuple(each for each in self.deliveries if each.state is DeliveryState.FAILED)
