"""The newsroom (媒体报道): snapshots of what the press wrote, kept unchanged with where they came from."""
