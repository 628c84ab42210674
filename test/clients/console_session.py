"""A session at Jupyter's console, typed into a terminal; fails where the terminal shows something else."""

import os
import sys

import pexpect


def start():
    return pexpect.spawn(
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


console = start()
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
console.send("JSON.parse('null').x\r")
console.expect(r"TypeError\S*: Cannot read properties of null")
console.expect(r"Cell \[5\]:1:19")

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

# Indented by the console alone, closing brackets where they were left.
prompt(9)
for line in [
    "class Tally {",
    "counts = new Map<string, number>();",
    "add(...words: string[]) {",
    "for (const word of words)",
    "this.counts.set(word, (this.counts.get(word) ?? 0) + 1);",
]:
    console.send(line + "\r")
    console.expect(r"\.\.\.: ")
console.send("return `total\r")
console.expect(r"\.\.\.: ")
console.send("${this.counts.size}`;\r")
console.expect(r"\.\.\.: ")
console.send("}\r")
console.expect(r"\.\.\.: ")
console.send("}\r")
prompt(10)
console.send('new Tally().add("a", "b", "a")\r')
answer(r"'total\\n2'")

prompt(11)
console.send("\x04")
console.expect("Do you really want to exit")
console.send("y\r")
console.expect(pexpect.EOF)
console.close()
if console.exitstatus:
    sys.exit(console.exitstatus)

# Another kernel: the arrow up finds what the last one ran.
console = start()
prompt(1)
console.send("\x1b[A")
console.expect("Tally")
console.send("\x03")
console.send("1 + 41\r")
answer("42")
console.close(force=True)
