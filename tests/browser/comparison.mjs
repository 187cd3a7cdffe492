// A schema before and after changes of every kind of verdict, and the report of the diff on it.

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A text that means something in HTML. */
const HOSTILE = "</details><script>globalThis.hostile = 1</script><img src=x onerror='globalThis.hostile = 1'>";

const reference = (name) => ({ "application/json": { schema: { $ref: "#/components/schemas/" + name } } });

/** Resources of the same form, with what the revision makes of the fields of each. */
function schema(changed) {
  const paths = {};
  const schemas = {};
  for (let n = 1; n <= 12; n += 1) {
    const fields = {
      amount: { type: "number" },
      state: { type: "string", enum: ["open", "closed"] },
      note: { type: "string", pattern: "^(?=a)b", description: "A note." },
      [HOSTILE]: { type: "string", maxLength: 10 },
    };
    if (changed) {
      fields.amount.type = "string";
      fields.state.enum = n % 2 ? ["open", "closed", HOSTILE] : ["open"];
      fields.note.pattern = "^(?=a)c";
      fields.note.description = "A note. " + HOSTILE;
      fields[HOSTILE].maxLength = 20;
      fields.due = { type: "string" };
    }
    schemas["Bill" + n] = { type: "object", properties: fields };
    const operation = (verb) => ({
      operationId: `bills${n}_${verb}`,
      tags: ["bills" + n],
      responses: { 200: { description: "Done.", content: reference("Bill" + n) } },
    });
    paths["/Bills" + n] = { get: operation("get") };
    if (n % 3 === 0) {
      paths["/Bills" + n].post = { ...operation("create"), requestBody: { content: reference("Bill" + n) } };
    }
  }
  return { openapi: "3.0.3", info: { title: "Bills", version: "1" }, paths, components: { schemas } };
}

/** The page's address, the findings on it, and how to remove both. */
export async function comparison() {
  const program = process.env.REVIO_XTASK;
  if (!program) throw new Error("REVIO_XTASK must be the path of the program xtask");
  const folder = await mkdtemp(join(tmpdir(), "revio-report-"));
  const [old, changed] = ["old.json", "new.json"].map((name) => join(folder, name));
  await writeFile(old, JSON.stringify(schema(false)));
  await writeFile(changed, JSON.stringify(schema(true)));
  const options = ["--old", old, "--new", changed, "--fail-on", "never", "--format", "json,html", "--out", folder];
  execFileSync(program, ["diff", ...options]);
  const { findings } = JSON.parse(await readFile(join(folder, "diff.json"), "utf8"));
  return {
    url: pathToFileURL(join(folder, "diff.html")).href,
    findings,
    remove: () => rm(folder, { recursive: true }),
  };
}
