"""Bytes to records and back: MIME and iCalendar, tolerant and bounded."""
