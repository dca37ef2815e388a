"""Gold, scorer and comparison: extraction quality as numbers."""
