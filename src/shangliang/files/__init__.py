"""Pictures and papers that people hand in: checked, re-encoded, private until published."""
