"""The inference server: an image model of your own behind the wire contract."""
