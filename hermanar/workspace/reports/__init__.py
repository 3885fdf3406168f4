"""What an office reports, made of what it entered once: the same figures on the page, in the paper and in the table."""
