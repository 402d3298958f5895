"""Claims (报道的说法): numbers that a report says, kept with who said them, beside what the ledger can prove."""
