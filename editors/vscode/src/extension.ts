import { homedir } from "node:os";

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

import { command, documents, initializationOptions, type Settings, watched } from "./server";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const restarted = vscode.commands.registerCommand("factcheck.restart", restart);
  const changed = vscode.workspace.onDidChangeConfiguration(async (event) => {
    if (event.affectsConfiguration("factcheck")) {
      await restart();
    }
  });
  context.subscriptions.push(restarted, changed);
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function start(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("factcheck");
  if (!configuration.get("enable", true)) {
    return;
  }
  const settings: Settings = {
    command: configuration.get("command", "factcheck"),
    paths: configuration.get("paths", []),
    config: configuration.get("config", ""),
  };
  const server: ServerOptions = command(settings, homedir());
  const watcher = vscode.workspace.createFileSystemWatcher(watched);
  const options: LanguageClientOptions = {
    documentSelector: documents,
    initializationOptions: initializationOptions(settings),
    synchronize: { fileEvents: watcher },
  };
  const started = new LanguageClient("factcheck", "factcheck", server, options);
  client = started;
  try {
    await started.start();
  } catch (error) {
    watcher.dispose();
    client = undefined;
    const told = `factcheck could not be started (“${settings.command}”). Install it, or name it in the setting factcheck.command.`;
    const choice = await vscode.window.showErrorMessage(told, "Open settings");
    if (choice !== undefined) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "factcheck.command");
    }
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}
