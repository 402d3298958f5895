"""Django's PostgreSQL backend that refuses a database in which Chinese cannot be seen."""
