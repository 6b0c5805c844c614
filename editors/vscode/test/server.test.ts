import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";

import { command, initializationOptions } from "../src/server.ts";

const settings = { command: "factcheck", paths: [], config: "" };
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

test("the program is named as in a shell", () => {
  assert.deepEqual(command(settings, "/home/a"), { command: "factcheck", args: ["lsp"] });
  assert.equal(command({ ...settings, command: "~/bin/factcheck" }, "/home/a").command, "/home/a/bin/factcheck");
  assert.equal(command({ ...settings, command: "  " }, "/home/a").command, "factcheck");
});

test("only what is set is sent", () => {
  assert.deepEqual(initializationOptions(settings), { paths: [] });
  const set = { ...settings, paths: ["rules", " "], config: "news.toml" };
  assert.deepEqual(initializationOptions(set), { paths: ["rules"], config: "news.toml" });
});

test("every setting that is read is declared, with its default", () => {
  const declared = manifest.contributes.configuration.properties;
  for (const [key, value] of Object.entries(settings)) {
    assert.deepEqual(declared[`factcheck.${key}`].default, value, key);
  }
});

test("the problem matcher reads the concise report", () => {
  const pattern = manifest.contributes.problemPatterns[0];
  const line = "drafts/a b.md:36:76: warning[hedge-stretched] \"a little more than 5%\" stretches: it is 5.56%";
  const found = new RegExp(pattern.regexp).exec(line);
  assert.ok(found);
  const part = (name: string) => found[pattern[name]];
  assert.deepEqual(
    ["file", "line", "column", "severity", "code"].map(part),
    ["drafts/a b.md", "36", "76", "warning", "hedge-stretched"],
  );
  assert.match(String(part("message")), /^"a little .* 5\.56%$/);
});

// With the program at hand (FACTCHECK=path npm test), the extension's command starts a server, and the matcher reads
// what the command line prints.
const program = process.env["FACTCHECK"];

test("the server answers", { skip: program === undefined }, async () => {
  const { command: path, args } = command({ ...settings, command: program ?? "" }, "");
  const server = spawn(path, args, { stdio: ["pipe", "pipe", "inherit"] });
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const params = { processId: null, rootUri: null, capabilities: {}, initializationOptions: initializationOptions(settings) };
  send({ id: 1, method: "initialize", params });
  send({ id: 2, method: "shutdown" });
  send({ method: "exit" });
  let heard = "";
  server.stdout.on("data", (bytes: Buffer) => (heard += bytes.toString()));
  const code = await new Promise((ended) => server.on("close", ended));
  assert.equal(code, 0);
  assert.match(heard, /"serverInfo":\{"name":"factcheck"/);
});
