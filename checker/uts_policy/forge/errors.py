"""What keeps a comment from being written. It is never a verdict: the command line makes a warning of it."""

from uts_policy.model.errors import UtsPolicyError


class ForgeError(UtsPolicyError):
    """The forge refused, could not be reached, or said what makes no sense. `message` and `hint` hold no token."""
