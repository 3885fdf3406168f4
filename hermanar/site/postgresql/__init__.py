"""PostgreSQL behind the walls between offices, which tells a server in front of its commits: see `base`."""
