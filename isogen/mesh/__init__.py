"""What is drawn: faces, triangles, ground classes and shadows of a scene. Pure."""
