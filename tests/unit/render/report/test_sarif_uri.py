import pytest

from uts_policy.render.report.sarif import uri


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("roles/all.yaml", ("roles/all.yaml", True)),
        ("a b/Zoë.yaml", ("a%20b/Zo%C3%AB.yaml", True)),
        ("a:b%20#?.yaml", ("a%3Ab%2520%23%3F.yaml", True)),
        ("../up.yaml", ("../up.yaml", True)),
        ("-", ("-", True)),
        ("/abs/a b.yaml", ("file:///abs/a%20b.yaml", False)),
        ("C:/abs/a b.yaml", ("file:///C:/abs/a%20b.yaml", False)),
        ("not-utf8-\udce4.yaml", ("not-utf8-%E4.yaml", True)),
        ("half-\ud800.yaml", ("half-%ED%A0%80.yaml", True)),
    ],
)
def test_a_file_name_becomes_a_uri(path: str, expected: tuple[str, bool]) -> None:
    assert uri(path) == expected
