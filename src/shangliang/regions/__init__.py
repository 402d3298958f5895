"""Administrative divisions of China down to the village, their aliases and validity."""
