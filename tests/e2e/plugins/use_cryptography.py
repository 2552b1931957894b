from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ed25519


class Plugin:
    def activate(self, context):
        box = Fernet(Fernet.generate_key())
        assert box.decrypt(box.encrypt(b"text")) == b"text"
        key = ed25519.Ed25519PrivateKey.generate()
        key.public_key().verify(key.sign(b"text"), b"text")
