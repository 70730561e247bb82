import * as vscode from "vscode";
import type { BaseLanguageClient, Location, Position } from "vscode-languageclient";

/** Opens the list of references that a lens counts; it carries them in the protocol's types. */
export function referencesFromLens(client: BaseLanguageClient) {
  return (uri: string, position: Position, locations: readonly Location[]): Thenable<unknown> =>
    vscode.commands.executeCommand(
      "editor.action.showReferences",
      vscode.Uri.parse(uri, true),
      client.protocol2CodeConverter.asPosition(position),
      locations.map((location) => client.protocol2CodeConverter.asLocation(location)),
    );
}
