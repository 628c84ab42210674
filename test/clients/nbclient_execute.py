"""Executes a notebook in place with nbclient; options are JSON. The last line is the error's, if any."""

import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

path, options = sys.argv[1], json.loads(sys.argv[2])
notebook = nbformat.read(path, as_version=4)
try:
    NotebookClient(notebook, **options).execute()
except CellExecutionError as error:
    print(error)
    sys.exit(f"{error.ename}: {error.evalue}")
finally:
    nbformat.validate(notebook)
    nbformat.write(notebook, path)
