"""How well messages are understood, measured: ``make evaluate DATA=folder`` prints one table of all figures.

Each module measures one part and gives figures; it prints nothing, and no
sentence of the data is kept or shown. The data is not part of the project: its
folder is named on the command line, and what it lacks is left out by name.
"""
