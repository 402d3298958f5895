"""From votes to groups and to what all of them accept: pure NumPy and SciPy, no Django; numba where it is there."""
