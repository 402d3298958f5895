"""The demo of two neighbouring installations: 荣昌 and 内江, each with its own database, people and keys."""
