"""Pure rules of what the museum keeps by hand."""
