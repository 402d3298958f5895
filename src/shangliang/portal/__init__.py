"""The public face 公众页面: reporting, the receipt, published cases and places. It reads queries and calls commands."""
