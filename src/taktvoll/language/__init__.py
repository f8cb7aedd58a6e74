"""What German and English are to us: dates, names, words."""
