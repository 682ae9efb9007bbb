"""What Unicode says of characters, as another implementation of it has it."""

import json
import subprocess
import unicodedata

from tests.conftest import require_tool
from uts_policy.common.invisible import has_no_shape

SCRIPT = r"""
const found = [];
for (let code = 0x80; code < 0x110000; code++) {
  if (code >= 0xd800 && code < 0xe000) continue;
  if (/\p{Default_Ignorable_Code_Point}/u.test(String.fromCodePoint(code))) found.push(code);
}
console.log(JSON.stringify(found));
"""


def test_what_has_no_shape_is_what_unicode_lets_a_font_ignore_and_what_only_formats():
    done = subprocess.run([require_tool("node"), "-e", SCRIPT], capture_output=True, check=True, timeout=60)
    ignorable = {chr(code) for code in json.loads(done.stdout)}
    formatting = {char for char in map(chr, range(0x80, 0x110000)) if unicodedata.category(char) == "Cf"}
    assert {char for char in map(chr, range(0x80, 0x110000)) if has_no_shape(char)} == ignorable | formatting
