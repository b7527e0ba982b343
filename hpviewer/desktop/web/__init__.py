"""Our own pages inside the window: served by the scheme ``hpviewer:``, cut off from the network."""
