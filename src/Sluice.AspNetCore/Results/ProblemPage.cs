using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// A problem as a page for somebody who opened an address in a browser: what happened, what to do, and every member of the problem, by its
/// name. It has no script, loads nothing and links to nothing.
/// </summary>
internal static class ProblemPage
{
    private static readonly string _style = """
        :root { color-scheme: light dark; --ground: #fbfbfa; --card: #fff; --text: #1c1e21; --quiet: #5a6068; --line: #d5d8dc; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #17191c; --card: #1f2226; --text: #e8eaed; --quiet: #a6adb6; --line: #3a3f46; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: clamp(1rem, 5vw, 3rem) clamp(1rem, 4vw, 2rem); max-width: 44rem; color: var(--text);
          background: var(--ground); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.25; }
        h2 { margin: 0 0 .3rem; font-size: 1rem; font-weight: 600; }
        p { margin: .3rem 0; }
        section { margin-top: 1.5rem; padding: 1rem 1.2rem; border: 1px solid var(--line); border-radius: .8rem; background: var(--card); }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.2rem; align-items: baseline; margin: 0;
          font-size: .9rem; }
        dt { color: var(--quiet); }
        dd { margin: 0; white-space: pre-wrap; }
        code, dd { font-family: ui-monospace, monospace; font-size: .85rem; }
        @media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
        """.ReplaceLineEndings("\n");

    // What a browser may do with it: show it. The icon is an empty one, so that no request is made for another.
    private static readonly string _policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_style)))}'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Those of the heading and of the text below it.
    private static readonly string[] _shown = ["title", "detail"];

    /// <summary>Writes the page as the response.</summary>
    /// <param name="response">The response, with all its other fields.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="remedy">What to do about it; code is in backticks.</param>
    public static Task WriteAsync(HttpResponse response, ProblemResponse problem, string remedy)
    {
        response.Headers.ContentSecurityPolicy = _policy;
        var wait = (string?)response.Headers.RetryAfter is { } seconds ? $"<p>Try again in {Text(seconds)} s.</p>\n" : "";
        return SmallContent.WriteAsync(
            response,
            Encoding.UTF8.GetBytes($"""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{Text(problem.Title)}</title>
                <link rel="icon" href="data:,">
                <style>{_style}</style>
                </head>
                <body>
                <main>
                <h1>{Text(problem.Title)}</h1>
                <p>{Text(problem.Detail)}</p>
                <section aria-labelledby="remedy">
                <h2 id="remedy">What to do</h2>
                <p>{WithCode(remedy)}</p>
                {wait}</section>
                <section aria-labelledby="members">
                <h2 id="members">Details</h2>
                <dl>
                {string.Join('\n', Members(problem))}
                </dl>
                </section>
                </main>
                </body>
                </html>

                """.ReplaceLineEndings("\n")),
            "text/html; charset=utf-8");
    }

    // By the serialiser of the JSON, so that no member is left out here.
    private static IEnumerable<string> Members(ProblemResponse problem) =>
        JsonSerializer.SerializeToElement(problem, ResponseJson.Readable.ProblemResponse).EnumerateObject()
            .Where(static member => !_shown.Contains(member.Name))
            .Select(static member => $"<dt>{Text(member.Name)}</dt><dd>{Text(Value(member.Value))}</dd>");

    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string WithCode(string text) => string.Concat(
        text.Split('`').Select(static (part, at) => at % 2 == 0 ? Text(part) : $"<code>{Text(part)}</code>"));

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
