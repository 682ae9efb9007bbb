"""The responsibility matrix for programs."""

import json
from collections.abc import Mapping

from uts_policy.model.matrix import Matrix, MatrixBlock
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/matrix/1"


def render(matrix: Matrix, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """Blocks, each with its roles and rows."""
    whole = {
        "schema": SCHEMA,
        "as_of": matrix.as_of,
        "by": matrix.by or None,
        "filters": dict(matrix.filters),
        "unjudged": list(matrix.unjudged),
        "blocks": [_block_data(block) for block in matrix.blocks],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _block_data(block: MatrixBlock) -> Mapping[str, object]:
    return {
        "place": block.place or None,
        "title": block.title,
        "roles": [
            {
                "role": each.role,
                "title": each.title,
                "unit": each.unit,
                "vacant": each.vacant,
                "absence": each.absence or None,
            }
            for each in block.columns
        ],
        "responsibilities": [
            {
                "responsibility": row.id,
                "statement": row.statement,
                "criticality": row.criticality,
                "units": list(row.units),
                "vectors": list(row.vectors),
                "cells": dict(row.cells),
                "gap": row.gap,
                "missing": list(row.missing),
                "double": row.double,
                "doubled": list(row.doubled),
                "unsound": list(row.unsound),
            }
            for row in block.rows
        ],
    }
