"""Language models behind one small interface: on this machine, hosted, or none at all."""
