"""Decide: from an invitation and the person's answers to options with reasons, and the channel."""
