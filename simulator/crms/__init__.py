"""CRMs that run on this machine: they remember, and speak their real HTTP."""
