import type { Context } from 'hono';

/** What every handler knows of the request it serves. */
export type RequestScope = {
  Bindings: { readonly incoming?: { readonly socket: { readonly remoteAddress?: string } } };
  Variables: {
    requestId: string;
    wantsProblemJson: boolean;
    clientAddress: string;
    /** Whether the client came over HTTPS, as far as the shop can know. */
    isSecure: boolean;
    /** What the answer will carry besides its own headers; `send` adds them. */
    answerHeaders: Record<string, string>;
    /** Set by `send`. What was answered in another way gets its headers afterwards, which costs more. */
    isDressed: boolean;
  };
};

/** The address that the client used, for links back to it. */
export function publicUrl(context: Context<RequestScope>): string {
  const { url } = context.req;
  return context.get('isSecure') ? url.replace(/^http:/, 'https:') : url;
}
