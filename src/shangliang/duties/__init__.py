"""What members did, computed from the records: appeals on a line, and rules for scoring that are off by default."""
