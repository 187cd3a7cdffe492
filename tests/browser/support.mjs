// Chromium and the sandbox, for tests of pages.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** A browser that reaches nothing but this machine. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** A page that remembers what went wrong on it and whom it called. */
export async function open(from, url, viewport = { width: 1280, height: 900 }) {
  const context = await from.newContext({ viewport });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("requestfailed", (request) => problems.push("failed: " + request.url()));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "blob:", "file:"].includes(protocol) && hostname !== "127.0.0.1") {
      problems.push("foreign: " + request.url());
    }
  });
  await page.goto(url);
  return { page, problems };
}

/** A running sandbox: its origin, and how to stop it. */
export async function sandbox(...options) {
  const program = process.env.REVIO_SANDBOX;
  if (!program) throw new Error("REVIO_SANDBOX must be the path of the program revio-sandbox");
  const child = spawn(program, ["--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/base URL\s+(http:\/\/[^/]+)/);
    if (address) return { origin: address[1], stop: () => child.kill("SIGINT") };
  }
  throw new Error("the sandbox ended without an address");
}
