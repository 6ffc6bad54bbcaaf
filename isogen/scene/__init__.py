"""Scenes: what is to be drawn, cell by cell, from a source."""
