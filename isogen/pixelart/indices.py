"""What a palette index means: a ramp, and a tone of it."""

TONES = 6
"""Tones of a ramp: 0 outline, 3 middle, 5 highlight."""

VOID_RAMP = 42
"""The ramp after the last material's; it has four tones. Nothing is there."""
