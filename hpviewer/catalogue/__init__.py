"""The one GeoPackage file: schema, migrations, queries, full-text index, backup. All SQL is here."""
