import { freemem, hostname, loadavg, totalmem } from "node:os";

let last = { cpu: process.cpuUsage(), at: performance.now() };

/** The content of `usage_reply`: what JupyterLab shows beside the notebook. */
export function usage(): Record<string, unknown> {
  const now = { cpu: process.cpuUsage(), at: performance.now() };
  const used = now.cpu.user + now.cpu.system - last.cpu.user - last.cpu.system;
  const elapsed = (now.at - last.at) * 1_000;
  last = now;
  const total = totalmem();
  const free = freemem();
  return {
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: elapsed > 0 ? (100 * used) / elapsed : 0,
    kernel_memory: process.memoryUsage.rss(),
    cpu_percent: loadavg()[0],
    host_virtual_memory: {
      total,
      available: free,
      percent: (100 * (total - free)) / total,
      used: total - free,
      free,
    },
  };
}
