"""The desk of staff, members and units: what waits for me, the case file with its buttons, lists, Excel out."""
