"""Where an installation keeps its database, files and secrets: the folder SHANGLIANG_HOME."""

import ipaddress
import os
import re
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def home() -> Path:
    """The installation's folder, made on first use and readable by its owner alone."""
    chosen = os.environ.get("SHANGLIANG_HOME")
    if chosen:
        folder = Path(chosen).expanduser()
    else:
        data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        folder = Path(data).expanduser() / "shangliang"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def secret(name: str) -> str:
    """The named secret of this installation; made once, 256 random bits, file mode 0600.

    ``O_EXCL`` lets exactly one of several processes that start together create it.
    """
    path = home() / "secrets" / name
    if (home() / "shangliang.sqlite3").exists() and not path.parent.exists():
        raise ImproperlyConfigured(
            f"{home()} holds a database but no secrets; restore the folder “secrets” from the backup: "
            "with new keys every receipt, wall code and contact would be lost"
        )
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_hex(32))
    value = path.read_text().strip()
    if len(value) < 64:
        raise ImproperlyConfigured(f"{path} is empty or cut short; restore it from the backup")
    return value


def log_origin(address: str) -> str:
    """The name of this installation's public log: its first printed address, kept though the address may change."""
    path = home() / "secrets" / "log.origin"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as out:
        out.write(urlsplit(address).netloc + "/log")
    return path.read_text().strip()


def hosts(address: str) -> list[str]:
    """The host names that are answered: those of SHANGLIANG_HOSTS, and always that of the printed address."""
    named = os.environ.get("SHANGLIANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    return [*named, re.sub(r":\d+$", "", urlsplit(address).netloc)]


def networks(named: str) -> list:
    """Networks in CIDR notation, with commas between them (10.20.0.0/16,127.0.0.0/8)."""
    try:
        return [ipaddress.ip_network(one.strip()) for one in named.split(",") if one.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"SHANGLIANG_PEERS: {error}") from error


def origins(named: str) -> list[str]:
    """Sites that may show our small pages in frames: origins (https://www.example.cn) with commas between them.

    Nothing but scheme, host and port: what stands here goes into a header, word for word.
    """
    found = [one.strip() for one in named.split(",") if one.strip()]
    wrong = [one for one in found if not re.fullmatch(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?", one)]
    if wrong:
        raise ImproperlyConfigured(f"SHANGLIANG_FRAMES: {wrong[0]!r} is no origin such as https://www.example.cn")
    return found


def static_root() -> Path:
    """Built static files belong to the installed program, not to one installation's data."""
    return Path(os.environ.get("SHANGLIANG_STATIC") or Path(sys.prefix) / "var/shangliang/static")


def database() -> dict:
    """Django's settings for the database: SQLite in the home folder, or SHANGLIANG_DATABASE.

    The address has the form ``postgresql://user:password@host:port/name``.
    """
    address = os.environ.get("SHANGLIANG_DATABASE", "")
    if not address:
        return {
            "ENGINE": "shangliang.shared.sqlite",
            "NAME": str(home() / "shangliang.sqlite3"),
            # A connection reads the planner's statistics when it opens (shared.sqlite.statistics).
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
                ),
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("SHANGLIANG_DATABASE must start with postgresql://")
    return {
        "ENGINE": "shangliang.shared.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0"},
    }


def phone(told: str) -> str:
    """A telephone number as it is printed, "" for none. Raises ImproperlyConfigured for what nobody can dial."""
    if told and not re.fullmatch(r"\+?[0-9][0-9 ()-]{2,19}", told.strip()):
        raise ImproperlyConfigured("SHANGLIANG_PHONE is not a telephone number")
    return told.strip()
