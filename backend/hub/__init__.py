"""Sockets of reps: holding them, and writing each user's feed to them."""
