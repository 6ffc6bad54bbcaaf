"""Which quadrants an infill model paints together, and in which order."""
