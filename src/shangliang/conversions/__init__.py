"""The ladder from a report or a point to a policy in force and its effect, with evidence at each step."""
