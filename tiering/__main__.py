"""Entry of ``python -m tiering``."""

from tiering.cli import main

if __name__ == "__main__":
    main()
