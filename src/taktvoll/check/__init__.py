"""Check: from a text and what is known to findings."""
