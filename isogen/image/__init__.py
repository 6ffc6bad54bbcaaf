"""PNG and pictures as arrays. Pure."""
