"""What becomes of the house when something under it breaks: killed processes, lost databases, full disks."""
