"""The seventeen ledgers (台账) of a committee, made from the records and never typed; and other offices' forms."""
