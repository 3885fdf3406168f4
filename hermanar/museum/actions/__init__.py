"""What is done to the museum's own tables: one verb for each thing a person does."""
