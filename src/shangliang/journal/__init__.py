"""The journal: audit, trigger of notices, public timeline and outbox in one append-only, digest-chained table."""
