import { openTrace } from "./main.js";

openTrace(document.getElementById("data").textContent);
