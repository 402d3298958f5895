"""A made-up county with as many cases as a benchmark wants.

Rows are written in bulk, past the commands: here and only here, because a hundred thousand cases by commands take
half an hour and nothing but figures of speed is ever read from them. The journal is chained by the same functions as
in real use, so ``shangliang verify`` finds it whole.
"""
