"""SQLite for a server that runs for months: see `base`, which is where Django looks."""
