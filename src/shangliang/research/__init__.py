"""Research reports with their authors, reviews and versions."""
