"""Numbers in sentences."""


def counted(count: int, noun: str) -> str:
    """Return a number and what it counts, as in ``1 step`` and ``2 steps``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
