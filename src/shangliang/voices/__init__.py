"""Voices 民声: one matter raised by anybody through any channel, screened, and followed until its result is rated."""
