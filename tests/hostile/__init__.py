"""Files as nobody should send them, made by code. `make hostile` reads them all: `corpus.py`."""
