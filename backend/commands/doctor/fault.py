class Fault(Exception):
    """Something is wrong; the message says what, and how to mend it: a line for each."""
