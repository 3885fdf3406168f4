"""What whoever runs the house may know of its work without knowing who came: logs and figures (decision 39)."""
