"""The built-in artist: faces to palette indices. Pure."""
