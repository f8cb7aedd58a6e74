"""Read: from the bytes of a mail, a calendar file or pasted text to an Invitation."""

from taktvoll.read.reader import read
from taktvoll.read.record import to_json

__all__ = ["read", "to_json"]
