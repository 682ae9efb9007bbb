"""A check as OSCAL 1.2.1: assessment results, a plan of action and milestones, and what these must refer to."""

from uts_policy.evidence.oscal.files import oscal_files

__all__ = ["oscal_files"]
