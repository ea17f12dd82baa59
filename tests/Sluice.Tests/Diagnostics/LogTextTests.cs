using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Uploads;

namespace Sluice.Tests.Diagnostics;

/// <summary>Nothing that somebody sends writes lines of its own into a log.</summary>
public sealed class LogTextTests
{
    private const string Hostile = "a\r\nFailed b\u001b[2J\0\u007f\u0085\u2028\u2029\u202eexe.\u2066\u200b\ufeff";

    // C0, DEL, C1, the separators, and what changes the direction.
    private static readonly char[] _never =
        [
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat(Enumerable.Range(0x202A, 5))
                .Concat(Enumerable.Range(0x2066, 4)).Select(static c => (char)c), '\u2028', '\u2029', '\u200E', '\u200F', '\u061C'
        ];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Grüße 日本 🚚 \\n", "Grüße 日本 🚚 \\n")]
    [InlineData("a\r\nb", "a\\u000D\\u000Ab")]
    [InlineData("\u001b[31m", "\\u001B[31m")]
    [InlineData("a\u202eb\u2028", "a\\u202Eb\\u2028")]
    [InlineData("\U000E0001", "\\uDB40\\uDC01")]
    [InlineData("\uFFFD", "\uFFFD")]
    [InlineData(null, "")]
    public void What_a_log_can_not_hold_is_written_as_an_escape(string? text, string logged) =>
        Assert.Equal(logged, ((LogText)text).ToString());

    [Fact]
    public void No_text_has_any_of_it_left() => Gen.Char.Array[0, 20].Select(static chars => new string(chars)).Sample(static text =>
    {
        var logged = LogText.Clean(text + Hostile);
        Assert.Equal(-1, logged.IndexOfAny(_never));
        Assert.All(logged, static c => Assert.NotEqual(UnicodeCategory.Control, char.GetUnicodeCategory(c)));
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(logged)).Replace(
            "\uFFFD", text.Contains('\uFFFD', StringComparison.Ordinal) ? "" : "\uFFFD", StringComparison.Ordinal));
    });

    // The compiler makes a LogText of a string, but not of one that the method takes as it is.
    [Fact]
    public void No_message_takes_a_text_that_is_none() => Assert.Empty(
        from type in typeof(UploadPipeline).Assembly.GetTypes()
        from method in type.GetMethods(
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public
                | System.Reflection.BindingFlags.NonPublic)
        where method.IsDefined(typeof(LoggerMessageAttribute), false)
        from parameter in method.GetParameters()
        where parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(object)
        select $"{type}.{method.Name}({parameter.Name})");

    [Fact]
    public void An_exception_is_logged_with_a_message_that_can_be()
    {
        var plain = new InvalidOperationException("Plain.", new IOException("Plain too."));
        Assert.Same(plain, LogException.Of(plain));

        foreach (var exception in (Exception[])[
            new InvalidOperationException(Hostile), new AggregateException(plain, new IOException(Hostile)),
            new IOException("Plain.", new FormatException(Hostile))])
        {
            var logged = LogException.Of(Thrown(exception));
            Assert.StartsWith(exception.GetType().FullName!, logged.ToString(), StringComparison.Ordinal);
            Assert.Contains(nameof(Thrown), logged.ToString(), StringComparison.Ordinal);
            Assert.Equal(-1, logged.ToString().ReplaceLineEndings("").IndexOfAny(_never));
            Assert.DoesNotContain(logged.ToString().Split('\n'), static line => line.StartsWith("Failed b", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Names_of_whatever_becomes_of_a_body_are_logged_like_that()
    {
        var lines = new LogLines();
        var rig = new Rig { Logger = lines };
        foreach (var name in (string[])["in/ok", $"in/{Hostile}", "in/\u202etxt.exe"])
        {
            // Stored or refused; left by its client; failed.
            await rig.StoreAsync(new() { Body = ScriptedBody.Of([1]).Incoming, Destination = new(new BlobTarget("inbox", name)) });
            var left = new ScriptedBody();
            left.Then(left.Leave);
            await rig.StoreAsync(new() { Body = left.Incoming, Destination = new(new BlobTarget("inbox", name)) });
            rig.UploadPipeline.LogFailure(new Failure(FailureKind.Internal, Phase.Admit, Hostile) { StorageErrorCode = Hostile }, name);
        }

        Assert.Equal([1, 2, 3, 4], lines.All.Select(static line => line.Event).Distinct().Order());
        Assert.All(
            lines.All, static line => Assert.All([line.Text, .. line.Values], static text => Assert.Equal(-1, text.IndexOfAny(_never))));
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
