"""Who may open the vault: slots, roles, sign-in, recovery."""
