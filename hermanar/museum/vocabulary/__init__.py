"""The words of what the museum keeps by hand."""
