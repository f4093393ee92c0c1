"""Make the key that gives an unpacked extension its id.

``python -m demo.browser.key`` prints a fresh public key for the manifest's ``key`` and the id it
stands for. The private half is thrown away: only a store upload signed with it would need it.
"""

import base64
import hashlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def extension_id(key: str) -> str:
    """The id Chromium computes from a manifest ``key`` (base64 of a DER public key)."""
    digest = hashlib.sha256(base64.b64decode(key, validate=True)).hexdigest()
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest[:32])


def new_key() -> str:
    """A fresh 2048 bit RSA public key: base64 of its DER form."""
    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


if __name__ == "__main__":
    key = new_key()
    print(key)
    print(extension_id(key))
