"""好商量: the open platform on which a county's consultation committee and its people settle things together."""

__version__ = "0.3.0"
