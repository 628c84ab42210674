/** The header of a Jupyter message, protocol 5.5. */
export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
  subshell_id?: string | null;
}

/** A Jupyter message as it crosses a socket, its identities kept. */
export interface Message<C = Record<string, unknown>> {
  identities: Uint8Array[];
  header: Header;
  parent_header: Header | Record<string, never>;
  metadata: Record<string, unknown>;
  content: C;
  buffers: Uint8Array[];
}

export const PROTOCOL_VERSION = "5.5";
