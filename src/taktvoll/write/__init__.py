"""Write: from a brief to a draft for a channel."""
