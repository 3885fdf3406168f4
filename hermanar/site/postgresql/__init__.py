"""PostgreSQL behind the walls between offices, which tells a server in front of its commits: see `base`."""

# The server binds values, and keeps the plan of a question that a connection asked five times (decision 45).
PLANS_KEPT = {"server_side_binding": True, "prepare_threshold": 5}
