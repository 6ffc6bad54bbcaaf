"""Pyramids, Deep Zoom and sites: what leaves isogen, as names and bytes."""
