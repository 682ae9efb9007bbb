"""Bags of evidence: written, verified, reproduced, compared, sampled."""
