"""A server that reads what is posted and says so: what the requests cost by themselves. ``python -m … PORT``."""

import sys


def application(environ, start_response):
    """Read the body and answer two letters."""
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]


if __name__ == "__main__":
    from shangliang.serving import server

    server(int(sys.argv[1]), "proof.crossing.bare:application").serve()
