// What the admin pages do beyond what they do without any script.
import "htmx.org";
import { copyOnClick } from "./copying.js";
import { followSwaps } from "./focus.js";
import { fillWelcome } from "./welcome.js";

document.documentElement.classList.add("live");
copyOnClick(document);
followSwaps(document);
fillWelcome();
