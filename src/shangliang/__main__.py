"""``python -m shangliang`` is the command ``shangliang``."""

from .cli import main

main()
