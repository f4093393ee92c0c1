"""Connections to CRMs: signing in, whose field means what, and what their records say."""
