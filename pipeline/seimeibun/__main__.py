"""``python -m seimeibun`` is the command ``seimeibun``."""

from seimeibun.cli import main

if __name__ == "__main__":
    main()
