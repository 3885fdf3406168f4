"""The look: base page, components, drawings. Knows no word of the domain and imports no room."""
