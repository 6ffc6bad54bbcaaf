"""A town built from features: ground, buildings, rails, trees, street life."""
