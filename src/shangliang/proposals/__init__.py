"""Proposals 提案: written and signed by members, filed or declined, worked on by units, judged by who made them."""
