"""PostgreSQL for a city: refused when its locale is C, because it then sees no Chinese letters and finds nothing."""

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

_LOCALE = "SELECT datctype, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to a database whose encoding and locale were looked at once in this process."""

    _looked_at: set = set()

    def init_connection_state(self):
        super().init_connection_state()
        name = self.settings_dict["NAME"]
        if name in self._looked_at:
            return
        with self.connection.cursor() as cursor:
            locale, encoding = cursor.execute(_LOCALE).fetchone()
        if locale in ("C", "POSIX") or encoding != "UTF8":
            raise ImproperlyConfigured(
                f"the database {name} has locale {locale} and encoding {encoding}; "
                "create it with ENCODING 'UTF8' and LOCALE 'C.UTF-8'"
            )
        self._looked_at.add(name)
