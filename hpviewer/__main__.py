"""`python -m hpviewer`: the same as the command `hpviewer`."""

from hpviewer.cli.start import main

if __name__ == "__main__":
    main()
