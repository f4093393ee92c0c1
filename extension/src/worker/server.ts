const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A server's address as typed, made whole; or what is wrong with it. */
export function serverAddress(typed: string): { address: string } | { problem: string } {
  const text = typed.trim();
  if (!text) return { problem: "Enter the address of your Repline server." };
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(text);
  const scheme = isLocal ? "http://" : "https://";
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : scheme + text);
  // A space in it becomes %20: a sentence is no address.
  if (!url?.hostname || url.hostname.includes("%"))
    return { problem: "This is not a web address." };
  if (url.username || url.password) return { problem: "Leave the name and password out of it." };
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOCAL.has(url.hostname))) {
    return { problem: "The address must begin with https://" };
  }
  return { address: url.origin + url.pathname.replace(/\/+$/, "") };
}
