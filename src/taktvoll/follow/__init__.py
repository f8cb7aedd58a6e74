"""Follow: what comes back, and what to do next, and when."""
