"""Pixel art from pictures alone: for renders whose faces nobody knows, such as photographs."""
