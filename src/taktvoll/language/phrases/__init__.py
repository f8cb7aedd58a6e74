"""Dates and times as whole phrases: what a person may write, not only what a letter must say.

A recursive-descent grammar over the text: every rule takes a :class:`~.text.Text` and a place in
it and gives what it read with the place behind it, or None. :func:`~.grammar.phrases` is the door.
"""
