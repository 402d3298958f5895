"""Information on social conditions, from the draft to the feedback."""
