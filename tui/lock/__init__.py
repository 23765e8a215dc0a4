"""Who is away: the warning, the lock, and the coming back after a mistake."""
