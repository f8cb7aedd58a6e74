"""Read: from the bytes of a mail, a calendar file or pasted text to an Invitation."""
