"""The review widget: an own anywidget, without build step and without anything from the network."""
