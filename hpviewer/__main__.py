"""`python -m hpviewer`: the same as the command `hpviewer`."""

from hpviewer.cli.app import main

if __name__ == "__main__":
    main()
