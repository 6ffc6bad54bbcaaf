"""OpenStreetMap extracts, read into plain features in the plane frame."""
