"""An archive in the bag without compression: what deflate makes of the same bytes differs from one zlib to the next."""

import io
import zipfile


def uncompressed(archive: bytes) -> bytes:
    """The same ZIP entries in the same order, stored: a workbook, say, that any reader takes as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as after:
        for entry in before.infolist():
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.create_system, kept.external_attr = entry.create_system, entry.external_attr
            after.writestr(kept, before.read(entry), zipfile.ZIP_STORED)
    return out.getvalue()
