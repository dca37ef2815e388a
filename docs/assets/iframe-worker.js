// A page that is opened from a folder (file:) may start no worker: the site's search then runs in a hidden frame.
// The names are those that Material for MkDocs looks for: IFrameWorker in the page, importScripts in the frame.
if (location.protocol === "file:") {
  const load = (document, src) => new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject });
    document.body.append(script);
  });
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = Object.assign(document.createElement("iframe"), { hidden: true });
      document.body.append(this.frame);
      this.inside = this.frame.contentWindow;
      this.inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.inside.importScripts = async (...urls) => {
        for (const one of urls) await load(this.inside.document, one);
      };
      this.started = load(this.inside.document, url);
    }

    async postMessage(data) {
      await this.started;
      this.inside.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
