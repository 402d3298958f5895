"""Commands of Django that the product does in its own way."""
