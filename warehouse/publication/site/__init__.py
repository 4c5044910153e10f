"""The overview page: what is published, drawn so that every figure leads back to its sentence."""
