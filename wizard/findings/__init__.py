"""The diagnosis as text, JSON, JUnit, HTML and as a package that can be opened again."""
