"""Tasks 交办事项: what one unit took on from an agreement, until those concerned have seen and rated it."""
