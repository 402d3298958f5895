"""Studios: every verb, every page, and who may do what."""
