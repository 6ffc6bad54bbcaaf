"""Any city's open data: a GeoJSON file of footprints, streets and ground becomes features."""
