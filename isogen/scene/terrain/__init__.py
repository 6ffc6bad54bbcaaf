"""Elevation: reads what people have, keeps it in one form, says how high the ground is."""
