"""Who takes part: committees, offices, stations, units, members, leaders, accounts, roles and the links between them."""
