"""How fast and how small the running server is, side by side with its peers on this machine."""
