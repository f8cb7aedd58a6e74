"""The person's mail on the server, by IMAP."""

from taktvoll.edges.imap.mailbox import ImapMailbox

__all__ = ["ImapMailbox"]
