"""Signed envelopes between the committees of neighbouring regions: on one machine, over the network, or by hand."""
