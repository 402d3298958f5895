"""Which host names an installation answers."""

import pytest

from shangliang.settings.home import hosts


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://hsl.example.cn", "hsl.example.cn"), ("http://10.0.0.7:8100", "10.0.0.7"),
        ("http://[::1]:8000", "[::1]"), ("https://hsl.example.cn:8443/path", "hsl.example.cn"),
    ],
)  # fmt: skip
def test_the_host_of_the_printed_address_is_always_answered(address, host, monkeypatch):
    monkeypatch.delenv("SHANGLIANG_HOSTS", raising=False)
    assert hosts(address) == ["127.0.0.1", "localhost", "[::1]", host]
    monkeypatch.setenv("SHANGLIANG_HOSTS", "other.example.cn")
    assert hosts(address) == ["other.example.cn", host]
