"""Whether a mail comes from where we wrote to, or at least answers what we wrote."""

from __future__ import annotations

from taktvoll.follow.reply import Said
from taktvoll.formats.mime import Mail
from taktvoll.language.domains import FREE_MAIL, PLATFORM, registered


def is_stranger(mail: Mail, said: Said) -> bool:
    """Whether neither the sender is known nor a mail of ours is answered.

    Anybody who ever saw the thread can quote the employer's Message-ID; ours is known to those
    only who got our letter.
    """
    return not (answers_ours(mail, said) or is_known(mail.sender.email, said))


def answers_ours(mail: Mail, said: Said) -> bool:
    """Whether it answers a mail that we sent (RFC 5322 §3.6.4)."""
    return bool({mail.in_reply_to, *mail.references} & set(said.message_ids))


def is_known(address: str | None, said: Said) -> bool:
    """Whether ``address`` is one of the employer's, or of a domain that is the employer's own."""
    if not address:
        return False
    address = address.lower()
    known = addresses_of(said)
    return address in known or owned_domain(address) in map(owned_domain, known - {address})


def addresses_of(said: Said) -> set[str]:
    """Every address by which we know the employer, in lower case."""
    invitation = said.invitation
    addresses = {
        invitation.sender.email,
        invitation.contact.email,
        invitation.organizer.email,
        invitation.thread.reply_to,
        *said.recipients,
    }
    own = {address.lower() for address in said.own}
    return {address.lower() for address in addresses if address} - own


def owned_domain(address: str) -> str:
    """The domain that one firm has for itself; of a service that many use, the whole address."""
    domain = address.rpartition("@")[2]
    if FREE_MAIL.search(domain) or PLATFORM.search(domain):
        return address
    return registered(address)
