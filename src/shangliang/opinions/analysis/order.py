"""Placeholder replaced below."""
def next_of(counts, unseen, seed):
    seen = counts.sum(axis=(0, 2)).astype(float)
    seen[~unseen] = float("inf")
    return int(seen.argmin())
