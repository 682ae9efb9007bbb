"""uts-policy: checks who answers for each duty, and whether that official has the power to act."""

__version__ = "0.1.0"
