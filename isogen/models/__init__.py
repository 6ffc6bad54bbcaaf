"""Models that paint: one protocol, and a client for each service that speaks it."""
