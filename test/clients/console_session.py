"""A session at Jupyter's console, typed into a terminal; fails where the terminal shows something else."""

import os
import sys

import pexpect

console = pexpect.spawn(
    sys.executable,
    ["-m", "jupyter_console", "--kernel", "retro"],
    # Without it the console waits for a terminal that answers where its cursor is.
    env={**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"},
    encoding="utf8",
    dimensions=(40, 100),
)


# Colours stand before and after a number, without a space.
def prompt(count):
    console.expect(rf"In \[\S*m{count}\x1b\S*: ")


def answer(text):
    console.expect(rf"Out\[\S*: \S*{text}")


prompt(1)
console.send("1 + 1\r")
answer("2")

# A cell goes on until it is complete, and the next line is indented.
prompt(2)
console.send("function twice(x: number) {\r")
console.expect(r"\.\.\.: \S*  ")
console.send("return x * 2\r")
console.expect(r"\.\.\.: \S*  ")
console.send("}\r")
prompt(3)
console.send("twice(21)\r")
answer("42")

prompt(4)
console.send("retro.models.ana\t")
console.expect("analytics")
console.send(".funnel.name\r")
answer("'funnel'")

prompt(5)
console.send("null.x\r")
console.expect(r"TypeError\S*: Cannot read properties of null")
console.expect(r"Cell \[5\]:1:6")

# Not echoed as it is printed, so that the loop runs when it is interrupted.
prompt(6)
console.send('let turns = 0; console.log("spin" + "ning"); while (true) turns++\r')
console.expect("spinning")
console.send("\x03")
console.expect("Interrupted")
prompt(7)
console.send("turns > 0\r")
answer("true")

prompt(8)
console.send('prompt("wh" + "o?")\r')
console.expect(r"who\?")
console.send("Ada\r")
answer("'Ada'")

prompt(9)
console.send("\x04")
console.expect("Do you really want to exit")
console.send("y\r")
console.expect(pexpect.EOF)
console.close()
sys.exit(console.exitstatus)
