"""The parts of the proof of neighbours: two installations, their writers and relays, and the bad line between them."""
