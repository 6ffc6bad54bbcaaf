"""Look up what is done, decide what is not, make it, store it, record it."""
