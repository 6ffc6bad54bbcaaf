"""An endless seeded city: any cell of it can be built alone. Pure."""
