"""One file for each thing that is measured; each measure gives its figures."""
