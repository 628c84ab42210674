import { answer, findJupyterLab, howToGetJupyterLab, isTooOld } from "../jupyterlab.js";
import type { Finding } from "./finding.js";

/** What each is needed for; none of them is needed by `retro run` and `retro test`. */
const CLIENTS = {
  jupyter_client: "Python programs that start kernels",
  nbclient: "executing notebooks from Python",
  nbconvert: "jupyter nbconvert",
};

export function jupyterLab(): Finding {
  const component = "JupyterLab";
  const lab = findJupyterLab();
  if (!lab) return absent(component, "notebooks in the browser", howToGetJupyterLab());
  const { version } = lab;
  const says = lab.command.join(" ");
  if (!isTooOld(lab)) return { component, version, state: "good", says };
  return {
    component,
    version,
    state: "doubtful",
    says: `${says} is too old`,
    cure: howToGetJupyterLab(),
  };
}

/** The Jupyter packages of the active Python. */
export function clients(): Finding[] {
  const python = activePython();
  return Object.entries(CLIENTS).map(([name, purpose]): Finding => {
    if (!python) return absent(name, purpose, "get Python from https://www.python.org");
    const version = python.versions[name];
    if (!version) return absent(name, purpose, `${python.command} -m pip install ${name}`);
    return { component: name, version, state: "good", says: python.executable };
  });
}

function absent(component: string, purpose: string, cure: string): Finding {
  return { component, state: "absent", says: `not there; needed for ${purpose}`, cure };
}

interface Python {
  command: string;
  executable: string;
  versions: Record<string, string | undefined>;
}

const ASK = `
import json, sys
from importlib import metadata
versions = {d.metadata["Name"].lower().replace("-", "_"): d.version for d in metadata.distributions() if d.metadata["Name"]}
print(json.dumps({"executable": sys.executable, "versions": {n: versions.get(n) for n in sys.argv[1:]}}))
`;

function activePython(): Python | undefined {
  for (const command of ["python3", "python"]) {
    const said = answer(command, "-c", ASK, ...Object.keys(CLIENTS));
    if (said !== undefined) return { command, ...JSON.parse(said) };
  }
  return undefined;
}
