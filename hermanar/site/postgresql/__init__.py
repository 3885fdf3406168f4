"""PostgreSQL that tells a server in front of its commits: see `base`, which is where Django looks."""
