"""The content packs: what letters are made of and what the check finds, as data."""
