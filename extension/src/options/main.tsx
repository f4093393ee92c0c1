import "../lib/tokens.css";
import "./options.css";
import { render } from "preact";
import { App } from "./app";

const app = document.getElementById("app");
if (app) render(<App />, app);
