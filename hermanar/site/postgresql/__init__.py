"""PostgreSQL behind the walls between offices, telling a server in front of its commits: see `base`, where Django looks."""
