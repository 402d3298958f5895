"""The case file 案卷: one number for the whole thread, from the voice to the rated result."""
