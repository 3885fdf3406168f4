"""What is done in the museum: the only place that writes."""
