"""Cooperation of neighbouring committees (毗邻协作): joint records, each told by its sides and kept by each of them."""
