"""The public log: the journal as a Merkle tree that neighbours co-sign, so that nobody can show two histories."""
