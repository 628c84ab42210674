"""Jupyter's own conformance suite, with every sample set given."""

import unittest

import jupyter_kernel_test as jkt


class RetroKernelTests(jkt.KernelTests):
    kernel_name = "retro"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("test")'
    completion_samples = [
        {"text": "Math.ma", "matches": ["max"]},
        {"text": "JSON."},
        {"text": "retro.models.ana", "matches": ["analytics"]},
    ]
    complete_code_samples = [
        "1",
        'console.log("hi")',
        "function f(x: number) { return x*2 }",
        "const r = /[(]/",
    ]
    incomplete_code_samples = [
        "function f(x: number) {",
        'console.log("hi',
        "`abc",
        "if (true) {",
    ]
    invalid_code_samples = ["let x = )", "import = 7q"]
    code_page_something = "Math.max?"
    code_generate_error = 'throw new Error("x")'
    code_execute_result = [
        {"code": "1+2*3", "result": "7"},
        {"code": "[1,2,3].map((x: number) => x*2)", "result": "[ 2, 4, 6 ]"},
    ]
    code_display_data = [
        {"code": 'display.html("<b>hi</b>")', "mime": "text/html"},
        {"code": 'display(vl.bar([{ a: "x", b: 1 }], { x: "a", y: "b" }))', "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "display.clear()"


class RetroWelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "retro"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
