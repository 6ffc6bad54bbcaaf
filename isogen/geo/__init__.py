"""One exact projection for the whole map: WGS84, the camera, the pixel grid, bounds. Pure."""
