"""Keys, wrapping and the sealed stream. The only importer of cryptography."""
