// Content scripts import style as text (see build.mjs); pages import it for its effect alone.
declare module "*.css" {
  const text: string;
  export default text;
}
