"""A showroom: one of everything that a town is built of, to look at and to compare."""
