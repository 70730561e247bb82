import {
  type CancellationToken,
  type Connection,
  type CreateFilesParams,
  type DeleteFilesParams,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  type RenameFilesParams,
  ResponseError,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { bugReport } from "./bug-report.ts";
import type { Host } from "./host.ts";
import { type ClientTraits, traitsOf } from "./requests/capabilities.ts";
import { checkParams } from "./requests/check-params.ts";
import type { Method } from "./requests/handlers.ts";
import { answerToInitialize } from "./requests/initialize.ts";
import { methods } from "./requests/methods.ts";
import { isRequestFailed, type RequestFailed } from "./requests/request-failed.ts";
import type { Session } from "./session.ts";

/** A server at work. */
export interface Served {
  /** Whether the editor has said that it wants no more. */
  readonly isShutDown: boolean;
}

/**
 * Serves one editor over a connection. The answer to `initialize` needs next to nothing; compiler and features are loaded
 * right after it.
 */
export function serve(connection: Connection, host: Host): Served {
  const documents = new TextDocuments(TextDocument);
  let client: ClientTraits | null = null;
  let folders: string[] = [];
  let session: Promise<Session> | null = null;
  let isShutDown = false;

  /** Loads what answers, and has it read the workspace. Requests that come meanwhile wait for that. */
  const start = (traits: ClientTraits): Promise<Session> => {
    session ??= import("./session.ts").then(({ Session }) => {
      const started = new Session(connection, host, traits, documents);
      void loadFolders(connection, traits, started, folders);
      return started;
    });
    return session;
  };

  connection.onInitialize((params) => {
    client = traitsOf(params.capabilities);
    folders = foldersOf(params);
    return answerToInitialize(params);
  });

  connection.onInitialized(async () => {
    if (client === null) return;
    void start(client);
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, async ({ event }) => {
      const { added, removed } = event;
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      await (await session)?.load(folders);
    });
    if (client.watchesFiles) await watchFiles(connection);
  });

  for (const [method, needs] of Object.entries(methods)) {
    // A request without parameters comes with its token alone.
    connection.onRequest(method, async (...given: unknown[]) => {
      const token = given.at(-1) as CancellationToken;
      const params = given.length > 1 ? given[0] : {};
      if (client === null) throw new ResponseError(ErrorCodes.ServerNotInitialized, "The server is not initialised.");
      if (isShutDown) throw new ResponseError(ErrorCodes.InvalidRequest, "The server has been shut down.");
      checkParams(params, needs);
      const answer = await (await start(client)).handle(method as Method, params, token).catch((error: unknown) => {
        throw isRequestFailed(error)
          ? new ResponseError(codeOf(error), error.message)
          : new ResponseError(ErrorCodes.InternalError, bugReport(error));
      });
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "It was cancelled.");
      return answer;
    });
  }

  documents.onDidOpen(async ({ document }) => void (await (await session)?.opened(document)));
  documents.onDidChangeContent(async ({ document }) => (await session)?.changed(document));
  documents.onDidClose(async ({ document }) => void (await (await session)?.closed(document)));
  connection.onDidChangeWatchedFiles(
    async ({ changes }) => void (await (await session)?.changedOnDisk(changes.map(({ uri }) => uri))),
  );
  const moved = async (uris: readonly string[]) => void (await (await session)?.changedOnDisk(uris));
  connection.onNotification("workspace/didRenameFiles", ({ files }: RenameFilesParams) =>
    moved(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
  );
  connection.onNotification("workspace/didDeleteFiles", ({ files }: DeleteFilesParams) =>
    moved(files.map(({ uri }) => uri)),
  );
  connection.onNotification("workspace/didCreateFiles", ({ files }: CreateFilesParams) =>
    moved(files.map(({ uri }) => uri)),
  );
  connection.onShutdown(async () => {
    isShutDown = true;
    (await session)?.dispose();
  });

  documents.listen(connection);
  connection.listen();
  return {
    get isShutDown() {
      return isShutDown;
    },
  };
}

function codeOf({ isOvertaken }: RequestFailed): number {
  return isOvertaken ? LSPErrorCodes.ContentModified : LSPErrorCodes.RequestFailed;
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

async function loadFolders(
  connection: Connection,
  { showsProgress }: ClientTraits,
  session: Session,
  folders: readonly string[],
): Promise<void> {
  // Asked for beside the work: a client that never answers holds nothing up.
  const asked = showsProgress ? connection.window.createWorkDoneProgress() : null;
  let isDone = false;
  const loaded = session.load(folders);
  const checked = session.schedule.firstChecked.then(() => {
    isDone = true;
  });
  const progress = await asked?.catch(() => null);
  if (progress && !isDone) {
    progress.begin("Reading policies");
    await loaded;
    progress.report("Checking policies");
    await checked;
    progress.done();
  }
}

async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: "**/*.scruple" }, { globPattern: "**/scruple.json" }],
  });
}
