"""The committee's own reports on a year or a quarter: a text whose numbers are counted, frozen when it is settled."""
