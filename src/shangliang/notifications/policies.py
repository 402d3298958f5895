"""Who may enter that a person was told."""

from ..voices import policies as voice_policies


def may_tell(by, notice):
    """Those who handle the voice."""
    return voice_policies.may_handle(by, notice.voice)
