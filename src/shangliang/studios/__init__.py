"""Studios of members: place, people, hours, standards and what they do."""
