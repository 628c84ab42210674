"""Notebooks of 50 cells through nbclient: milliseconds a cell, and how many have all outputs.

python nbclient-cells.py KERNEL NOTEBOOKS
"""

import asyncio
import json
import sys
import time
import warnings

import nbclient
import nbformat.v4 as v4

warnings.filterwarnings("ignore")
CELLS = 50


async def run(kernel):
    cells = [v4.new_code_cell(f"{i}+1") for i in range(CELLS)]
    spec = {"name": kernel, "display_name": kernel}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": spec})
    client = nbclient.NotebookClient(notebook, kernel_name=kernel, timeout=20)
    async with client.async_setup_kernel():
        await client.async_execute_cell(cells[0], 0)
        start = time.perf_counter()
        for i in range(1, CELLS):
            await client.async_execute_cell(cells[i], i)
        spent = time.perf_counter() - start
    complete = all(
        len(cell.outputs) == 1
        and cell.outputs[0].output_type == "execute_result"
        and str(i + 1) in cell.outputs[0].data["text/plain"]
        for i, cell in enumerate(cells)
    )
    return spent / (CELLS - 1) * 1000, complete


kernel, notebooks = sys.argv[1], int(sys.argv[2])
done = [asyncio.run(run(kernel)) for _ in range(notebooks)]
print(json.dumps({"ms": [ms for ms, _ in done], "complete": sum(ok for _, ok in done)}))
