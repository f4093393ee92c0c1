/** An unread count where there is little room: "" for none, "99+" for many. */
export function countText(unread: number): string {
  if (unread <= 0) return "";
  return unread > 99 ? "99+" : String(unread);
}
