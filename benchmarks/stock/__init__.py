"""A Wagtail site as `wagtail start` makes one, with a page whose blocks are those of a room."""
