"""An endless seeded city; any block is built from its column, row and seed alone."""
