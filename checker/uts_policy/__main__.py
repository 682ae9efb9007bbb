"""`python -m uts_policy`, with `-I` before it: nothing of the working directory or of PYTHONPATH is imported then."""

from uts_policy.cli import main

if __name__ == "__main__":
    main()
