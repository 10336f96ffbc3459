"""How the page-text model is learnt: align.py (gold to line labels), render.py (made-up layouts), crf.py, train.py."""
