import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, type Locator, type Page, chromium as playwright } from "playwright-core";
import { distFile, packageFolder } from "../../kernel/notebook/package-folder.js";
import { chromium, chromiumFlags } from "./chromium.js";
import { hasPython, Jupyter } from "./jupyter.js";

/** Whether JupyterLab and a browser for it are there. */
export const hasLab = chromium !== undefined && hasPython("jupyterlab");

/** What an error's output is marked with on the page. */
export const ERROR = "[data-mime-type='application/vnd.jupyter.stderr']";

/** JupyterLab with the kernel, in a browser: what a user does there, and what a user sees. */
export class Lab {
  private constructor(
    readonly jupyter: Jupyter,
    private readonly server: ChildProcess,
    private readonly address: string,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** Starts it by `retro lab`. */
  static async start(): Promise<Lab> {
    const jupyter = new Jupyter();
    const settings = join(jupyter.home, "config", "labconfig");
    mkdirSync(settings, { recursive: true });
    const news = { fetchNews: "false", checkForUpdates: false };
    writeFileSync(
      join(settings, "default_setting_overrides.json"),
      JSON.stringify({ "@jupyterlab/apputils-extension:notification": news }),
    );
    const browser = await playwright.launch({ executablePath: chromium, args: chromiumFlags });
    const words = ["--no-browser", "--allow-root", "--port=0", "--ip=127.0.0.1"];
    const server = spawn(
      process.execPath,
      [distFile("cli.js"), "lab", ...words, "--LabApp.extension_manager=readonly"],
      {
        cwd: jupyter.folder,
        // A slow machine checks types as a fast one does.
        env: { ...jupyter.env, RETRO_UNATTENDED: "1" },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const address = await addressOf(server);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(20_000);
    return new Lab(jupyter, server, address, browser, page);
  }

  /** Opens a notebook, or the launcher. */
  async open(notebook?: string): Promise<void> {
    const url = new URL(this.address);
    if (notebook !== undefined) url.pathname = `/lab/tree/${notebook}`;
    await this.page.goto(url.href);
    if (notebook !== undefined) await this.ready();
  }

  /** The kernel is there and idle. */
  async ready(): Promise<void> {
    await this.page.getByText("TypeScript (Retro) | Idle").waitFor();
  }

  /** The code cell at a position. */
  cell(position: number): Locator {
    return this.page.locator(".jp-CodeCell").nth(position);
  }

  /** Types a new cell below the last one, which is the active one. */
  async type(source: string): Promise<Locator> {
    const cell = this.cell(await this.page.locator(".jp-CodeCell").count());
    await this.button("insert-cell-below").click();
    // No click: a cell below a growing output does not hold still for one.
    await cell.locator(".cm-content").focus();
    await this.page.keyboard.insertText(source);
    return cell;
  }

  /** Types a new cell and starts it. */
  async start(source: string): Promise<Locator> {
    const cell = await this.type(source);
    await this.page.keyboard.press("Control+Enter");
    return cell;
  }

  /** Types a new cell and runs it to its end. */
  async run(source: string): Promise<Locator> {
    const cell = await this.start(source);
    await this.prompt(cell, /\[\d+\]/);
    return cell;
  }

  /** Waits until the prompt left of the cell reads so. */
  async prompt(cell: Locator, text: string | RegExp): Promise<void> {
    await cell.locator(".jp-InputPrompt", { hasText: text }).waitFor({ state: "attached" });
  }

  /** All outputs of a cell as they read. */
  async text(cell: Locator): Promise<string> {
    return (await cell.locator(".jp-OutputArea-output").allInnerTexts()).join("\n").trimEnd();
  }

  /** Chooses a command of the menu bar. */
  async menu(menu: string, command: string): Promise<void> {
    await this.page.getByRole("menuitem", { name: menu, exact: true }).click();
    await this.page.getByRole("menuitem", { name: command }).first().click();
  }

  /** A button of the notebook's toolbar, by the command behind it. */
  button(command: string): Locator {
    return this.page.locator(`.jp-NotebookPanel-toolbar [data-command="notebook:${command}"]`);
  }

  /** Keeps what is seen as out/lab/NAME.png, scrolled to where something is. */
  async picture(name: string, at?: Locator): Promise<void> {
    // The heights of cells off the screen are guesses: what is scrolled to may move away again.
    for (let y: number | undefined, before: number | undefined; at !== undefined; before = y) {
      await at.scrollIntoViewIfNeeded();
      y = (await at.boundingBox())?.y;
      if (y === before) break;
    }
    await this.page.screenshot({ path: join(packageFolder(), "out", "lab", `${name}.png`) });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.kill();
    if (this.server.exitCode === null) await once(this.server, "exit");
    this.jupyter.remove();
  }
}

/** How many pixels of a canvas have the first colour of the charts' theme. */
export function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } =
      element.getContext("2d")?.getImageData(0, 0, element.width, element.height) ?? {};
    let count = 0;
    for (let i = 0; data && i < data.length; i += 4) {
      if (data[i] === 0x00 && data[i + 1] === 0x72 && data[i + 2] === 0xb2) count++;
    }
    return count;
  });
}

/** Where a Jupyter server says it is. */
async function addressOf(server: ChildProcess): Promise<string> {
  const log: string[] = [];
  for await (const line of createInterface({ input: server.stderr as NodeJS.ReadableStream })) {
    log.push(line);
    const [address] = /http:\S+token=\w+$/.exec(line) ?? [];
    if (address === undefined) continue;
    server.stderr?.resume();
    return address;
  }
  throw new Error(`JupyterLab did not start:\n${log.join("\n")}`);
}
