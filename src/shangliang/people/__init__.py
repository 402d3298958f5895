"""Who takes part: committees and their bodies, members, leaders, accounts, roles and the links between them."""
