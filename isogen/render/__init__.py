"""Engines that turn a scene into pictures."""
