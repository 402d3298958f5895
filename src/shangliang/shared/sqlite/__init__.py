"""Django's SQLite backend with one fair lock around write transactions."""
