"""Send: the exact bytes that leave, the mail and the calendar answer."""
