import { launch } from "./browser.mjs";

/** The page in a browser, with a record of all that it did. */
export class Visit {
  requests = [];
  console = [];

  static async begin(address) {
    const visit = new Visit();
    visit.address = address;
    visit.browser = await launch();
    const page = (visit.page = await visit.browser.newPage());
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => visit.console.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => visit.console.push(`thrown: ${error.message}`));
    // "Leave this page?" is asked while something is sent.
    page.on("dialog", (dialog) => dialog.accept());
    page.on("request", (request) => visit.requests.push({ method: request.method(), url: request.url(), headers: request.headers() }));
    await page.setViewport({ width: 820, height: 900 });
    return visit;
  }

  open = (query = "") => this.page.goto(this.address + query, { waitUntil: "load" });

  choose = async (...files) => (await this.page.$("#picker")).uploadFile(...files);

  /** Bytes a second that it may send; -1 for all it can. Or nothing either way. */
  async limit(uploadThroughput, offline = false) {
    this.session ??= await this.page.createCDPSession();
    await this.session.send("Network.enable");
    await this.session.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput });
  }

  async set(id, value) {
    await this.page.$eval("#settings", (settings) => (settings.open = true));
    await this.page.$eval(
      `#${id}`,
      (input, value) => {
        input.value = value;
        input.dispatchEvent(new Event("change"));
      },
      value,
    );
  }

  /** What the list shows: { name, state, share, text }. */
  rows = () =>
    this.page.$$eval("#list > li", (rows) =>
      rows.map((row) => ({
        name: row.querySelector(".name").textContent,
        state: row.dataset.state,
        share: row.querySelector("progress").value,
        text: row.querySelector(".state").textContent,
      })),
    );

  /** Waits until the row of a file is in a state, and has come so far. */
  async until(name, state, share = 0) {
    const handle = await this.page.waitForFunction(
      (name, state, share) => {
        const row = [...document.querySelectorAll("#list > li")].find((row) => row.querySelector(".name").textContent === name);
        const has = row && row.dataset.state === state && row.querySelector("progress").value >= share;
        return has && { state, share: row.querySelector("progress").value, text: row.querySelector(".state").textContent };
      },
      { polling: 50 },
      name,
      state,
      share,
    );
    return handle.jsonValue();
  }

  /** Presses a button of a row: "act" is the first, "drop" the second. */
  press = (name, button) =>
    this.page.$$eval(
      "#list > li",
      (rows, name, button) => rows.find((row) => row.querySelector(".name").textContent === name).querySelector(`.${button}`).click(),
      name,
      button,
    );

  /** What the page says where it asks for a key: { title, label, text }; null where it does not ask. */
  asking = () =>
    this.page.$eval("#ask", (ask) => {
      const text = (id) => document.getElementById(id).textContent;
      return ask.hidden ? null : { title: text("ask-title"), label: text("ask-label"), text: text("ask-problem") };
    });

  /** The same, once it asks. Then files can't be chosen. */
  async asked() {
    await this.page.waitForFunction(() => !document.getElementById("ask").hidden && document.getElementById("drop").hidden, { polling: 50 });
    return this.asking();
  }

  /** Types a key and waits for what the page says of it. */
  async enter(key) {
    await this.page.$eval("#key", (input) => (input.value = ""));
    await this.page.type("#key", key);
    await this.page.keyboard.press("Enter");
    // It can't be pressed while the server is asked.
    await this.page.waitForFunction(() => !document.getElementById("ask-send").disabled, { polling: 50 });
    return this.asking();
  }

  /** How all files are, once nothing of them is left to do and the page says this of them. */
  async summary(words) {
    const isSaid = (words) => {
      const { textContent } = document.getElementById("summary");
      return !/waiting|progress/.test(textContent) && textContent.includes(words) && textContent;
    };
    return (await this.page.waitForFunction(isSaid, { polling: 50 }, words)).jsonValue();
  }

  status = () => this.page.$eval("#status", (status) => status.textContent);

  /** What the browser keeps: of this page, for ever and for this tab. */
  stored = () => this.page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage }, address: location.href }));

  of = (method) => this.requests.filter((request) => request.method === method);

  end = () => this.browser.close();
}
