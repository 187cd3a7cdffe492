// The HTML report of the schema diff: one page of its own, whose filters work, also on a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open } from "./support.mjs";
import { comparison } from "./comparison.mjs";

let chromium;
let report;

before(async () => {
  [chromium, report] = await Promise.all([browser(), comparison()]);
});

after(async () => {
  await chromium?.close();
  report?.remove();
});

const VISIBLE = ".fact:visible";

/** What the visible facts say of themselves, each once. */
async function said(page, what) {
  const all = await page.locator(VISIBLE).evaluateAll((facts, key) => facts.map((it) => it.dataset[key]), what);
  return [...new Set(all)].sort();
}

for (const viewport of [{ width: 390, height: 800 }, { width: 1280, height: 900 }]) {
  test(`filters show what they say, ${viewport.width} pixels wide`, async () => {
    const { page, problems } = await open(chromium, report.url, viewport);
    const count = report.findings.length;
    const counted = async (number) => {
      assert.equal(await page.locator(VISIBLE).count(), number);
      assert.equal(await page.locator("#shown").innerText(), `${number} of ${count} shown`);
    };
    await counted(count);

    await page.fill("[name=text]", "BILL7.AMOUNT");
    await counted(report.findings.filter((it) => JSON.stringify(it).toLowerCase().includes("bill7.amount")).length);
    await page.fill("[name=text]", "no such thing");
    await counted(0);
    assert.ok(await page.locator("#none").isVisible());
    await page.fill("[name=text]", "");

    const boxes = page.locator("[name=class]");
    for (const box of await boxes.all()) await box.setChecked((await box.inputValue()) === "breaking");
    await counted(report.findings.filter((it) => it.wire === "breaking").length);
    assert.deepEqual(await said(page, "class"), ["breaking"]);
    assert.equal(await page.locator("section.part:visible").count(), 1, "a section without a fact is hidden");
    for (const box of await boxes.all()) await box.check();

    await page.selectOption("[name=direction]", "request");
    const both = report.findings.filter((it) => ["request", "both"].includes(it.direction));
    await counted(both.length);
    await page.selectOption("[name=direction]", "");
    await page.selectOption("[name=group]", "Bills3");
    assert.deepEqual(await said(page, "group"), ["Bills3"]);
    await page.selectOption("[name=group]", "");
    await page.selectOption("[name=who]", "decode");
    await counted(report.findings.filter((it) => it.decode === "breaks").length);
    await page.selectOption("[name=who]", "");
    await counted(count);

    await page.click("#open");
    assert.equal(await page.locator(".fact[open]").count(), count);
    // With everything unfolded, nothing sticks out sideways.
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= viewport.width, width + " pixels wide");
    // Fingers need room: what is lower than 24 pixels is hard to hit.
    const low = await page
      .locator("summary:visible, select:visible, input[type=search]:visible, button:visible, .chip:visible")
      .evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().height < 24).map((it) => it.outerHTML));
    assert.deepEqual(low, []);
    const unnamed = await page
      .locator("#filters select, #filters input")
      .evaluateAll((all) => all.filter((it) => !it.labels?.length && !it.getAttribute("aria-label")).length);
    assert.equal(unnamed, 0);
    assert.deepEqual(problems, []);
  });
}

test("texts of a schema stay texts", async () => {
  const { page, problems } = await open(chromium, report.url);
  assert.equal(await page.evaluate(() => globalThis.hostile), undefined);
  assert.equal(await page.locator("script").count(), 1, "the page's own");
  assert.equal(await page.locator(".fact img, .fact a[href^=javascript]").count(), 0);
  await page.fill("[name=text]", "globalthis.hostile");
  assert.ok((await page.locator(VISIBLE).count()) > 0, "it is shown as it is written");
  assert.deepEqual(problems, []);
});

test("a link to a fact opens it", async () => {
  const fact = report.findings[report.findings.length - 1];
  const { page } = await open(chromium, report.url);
  const id = await page.locator(".fact").last().getAttribute("id");
  assert.ok(id, fact.id);
  const again = await open(chromium, report.url + "#" + id);
  assert.ok(await again.page.locator("#" + id).evaluate((it) => it.open));
});
