"""Places where people consult: halls, rooms, points, courtyards, studios, joint rooms, each with its wall code."""
