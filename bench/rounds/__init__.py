"""Parts of ``bench/opinions.py``: made-up rounds, and one process for each way to map them."""
