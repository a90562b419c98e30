"""The database: connections, migrations, named SQL and one repository per aggregate."""
