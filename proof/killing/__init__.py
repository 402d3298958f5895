"""What the proof by killing is made of: an installation, its server, its people, and the check."""
