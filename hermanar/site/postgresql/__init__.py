"""PostgreSQL behind the walls between offices: see `base`, which is where Django looks."""
