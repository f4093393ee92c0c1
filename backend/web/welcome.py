"""The link by which a user sets a password."""


def link(public_url: str, secret: str) -> str:
    """It leads to the admin pages; behind the #, no server and no log sees the secret."""
    return f"{public_url}/admin/welcome#{secret}"
