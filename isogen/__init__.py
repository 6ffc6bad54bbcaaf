"""isogen: seamless isometric pixel-art maps of any place, reproducibly."""
