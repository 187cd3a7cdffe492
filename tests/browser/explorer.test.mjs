// The sandbox's pages: they render, an operation can be tried, faults can be set and seen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open, sandbox } from "./support.mjs";

let chromium;
let server;

before(async () => {
  [chromium, server] = await Promise.all([browser(), sandbox("--customers", "20")]);
});

after(async () => {
  await chromium?.close();
  server?.stop();
});

test("an operation can be tried from the reference", async () => {
  const { page, problems } = await open(chromium, server.origin + "/");
  await page.waitForSelector("body[data-ready]");
  await page.waitForSelector(".opblock-tag");
  const schema = await (await fetch(server.origin + "/__sandbox/explorer/openapi.json")).json();
  assert.equal(await page.locator(".opblock-tag").count(), schema.tags.length);

  await page.locator("#operations-tag-customers .arrow, #operations-tag-customers button").first().click();
  const block = page.locator("#operations-customers-customers_get");
  await block.locator(".opblock-summary-control").click();
  await block.locator("tr[data-param-name=id] input").fill("1015");
  await block.locator("button.execute").click();
  const status = block.locator(".live-responses-table tbody td.response-col_status").first();
  await status.waitFor();
  assert.match(await status.innerText(), /^200/);
  const body = await block.locator(".live-responses-table .highlight-code").first().innerText();
  assert.match(body, /"customer_id": 1015/);
  assert.deepEqual(problems, []);
});

test("requests and faults are seen as they happen", async () => {
  const { page, problems } = await open(chromium, server.origin + "/live");
  await page.selectOption("select[name=kind]", { label: "status" });
  await page.fill("input[name=operation]", "bills_list");
  await page.fill("input[name=calls]", "1");
  await page.click("#add button:not([type])");
  await page.waitForSelector("#faults li");
  assert.match(await page.locator("#faults li").innerText(), /bills_list/);

  const account = await (await fetch(server.origin + "/__sandbox/account")).json();
  const basic = Buffer.from(account.user + ":" + account.password).toString("base64");
  const call = () => fetch(server.origin + "/v1/Bills", { headers: { Authorization: "Basic " + basic } });
  assert.equal((await call()).status, 500);
  assert.equal((await call()).status, 200);
  const hit = page.locator("#requests tr.hit");
  await hit.waitFor();
  assert.match(await hit.innerText(), /GET \/v1\/Bills\s+500, status\s+no/);

  await page.check("#only-hit");
  assert.equal(await page.locator("#requests tr:visible").count(), 1);
  await page.fill("input[name=operation]", "bills_lst");
  await page.click("#add button:not([type])");
  await page.waitForFunction(() => document.getElementById("problem").textContent !== "");
  assert.match(await page.locator("#problem").innerText(), /no operation bills_lst/);
  assert.equal(await page.locator("#faults li").count(), 1, "the rules in force stay");
  await page.click("#faults li button");
  await page.waitForFunction(() => !document.querySelector("#faults li"));

  // Chromium itself writes the refused change to the console; nothing else may be there.
  assert.deepEqual(problems.filter((text) => !text.includes("400 (Bad Request)")), []);
});

test("both pages fit a phone", async () => {
  for (const path of ["/", "/live"]) {
    const { page } = await open(chromium, server.origin + path, { width: 390, height: 800 });
    await page.waitForSelector(path === "/" ? ".opblock-tag" : "#add option", { state: "attached" });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, path + " is " + width + " pixels wide");
  }
});
