"""How long what has to come is waited for: for a machine that does much else at the same time. What
comes in time costs none of it."""

PATIENCE_S: float = 20
PATIENCE_MS = PATIENCE_S * 1000
