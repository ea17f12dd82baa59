using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Routing.Templates;
using Sluice.Tests.Peek;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing.Templates;

public sealed class NameTemplateTests
{
    private static readonly Ask Order = new()
    {
        Path = "in/2026/a.json",
        Headers = new(StringComparer.OrdinalIgnoreCase) { ["X-Id"] = "a/b", ["X-Blank"] = " " },
        Head = Ask.Body("""{"type":"order","id":17,"ok":true,"none":null,"empty":"","lines":[],"a/b":{"c":"..\\x"}}"""),
    };

    [Theory]
    [InlineData("{path}", "in/2026/a.json")]
    [InlineData("x/{path}.gz", "x/in/2026/a.json.gz")]
    [InlineData("{date:yyyy/MM/dd}/{id}", "2026/07/03/0123456789abcdef0123456789abcdef")]
    [InlineData("{date:HH:mm}", "23:02")]
    [InlineData("{date:d}", "3")]
    [InlineData("{date:MMM}", "Jul")]
    [InlineData("{json:/type}/{json:/id}.json", "order/17.json")]
    [InlineData("{json:/ok}", "true")]
    [InlineData("{json:/type}", "order", "\uFEFF{\"type\":\"order\"}")]
    [InlineData("{json:/a~1b/c}", "__x.ff86735056839d9ccbe597784b833e057ee0f66f6965798994e403564dfc7120")]
    [InlineData("{header:x-id}", "a_b.c14cddc033f64b9dea80ea675cf280a015e672516090a5626781153dc68fea11")]
    [InlineData("{{{id}}}", "{0123456789abcdef0123456789abcdef}")]
    [InlineData("{{path}}", "{path}")]
    [InlineData("plain", "plain")]
    [InlineData("{sha256}", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "foo")]
    public void A_template_is_filled(string template, string name, string? body = null)
    {
        var ask = body is null ? Order : Order with { Head = SniffSegments.Cut(Encoding.UTF8.GetBytes(body), 1, 2) };
        Assert.Equal(name, Fill(template, ask).Value());
    }

    [Theory]
    [InlineData("{json:/nope}", "the JSON value at '/nope', which is missing")]
    [InlineData("{json:/none}", "the JSON value at '/none', which is null")]
    [InlineData("{json:/empty}", "the JSON value at '/empty', which is empty")]
    [InlineData("{json:/lines}", "the JSON value at '/lines', which is not a single value")]
    [InlineData("{json:/type}", "the JSON value at '/type', but the body is not JSON", "text")]
    [InlineData("{json:/type}", "the JSON value at '/type', which is not within the first 8 bytes", "{\"type\":")]
    [InlineData("{sha256}", "the SHA-256 of the body, which is longer than the 4 bytes", "more")]
    [InlineData("{header:X-None}", "the header X-None")]
    [InlineData("{header:X-Blank}", "the header X-Blank")]
    public void A_value_that_the_request_lacks_fails_and_is_named(string template, string what, string? cut = null)
    {
        var ask = cut is null ? Order : Order with { Head = Ask.Body(cut), Complete = false };
        var failure = Fill($"a/{template}", ask).Failed(FailureKind.NameUnavailable, Phase.Route);
        Assert.StartsWith($"The rule needs {what}", failure.Detail);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a b-c.d~e")]
    [InlineData("Zürich 日本 🚚")]
    [InlineData("a_b")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("a.z123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void A_value_that_can_be_a_piece_of_one_part_is_one(string value) => Assert.Equal(value, NameValue.Safe(value));

    [Theory]
    [InlineData("a/b\\c%d?e#f", "a_b_c_d_e_f")]
    [InlineData("a\tb\r\nc\u0085d\u007F", "a_b__c_d_")]
    [InlineData("", "_")]
    [InlineData("..", "_")]
    [InlineData(".", "_")]
    [InlineData("  ", "_")]
    [InlineData("../../x", "__.._x")]
    [InlineData(".hidden", "_hidden")]
    [InlineData("end. .", "end_")]
    [InlineData(" a ", "_a_")]
    [InlineData("a\uFFFE\uFFFFb", "a__b")]
    public void Any_other_becomes_one_with_its_digest(string value, string safe) =>
        Assert.Equal($"{safe}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))}", NameValue.Safe(value));

    // Not rows of the table: a broken surrogate can't be the name of a test.
    [Fact]
    public void A_broken_surrogate_is_replaced_and_a_pair_is_not_cut()
    {
        Assert.StartsWith("a_b_.", NameValue.Safe("a\uD83Db\uDE9A"), StringComparison.Ordinal);
        Assert.Equal(new string('x', 198) + "\uD83D\uDE9A", NameValue.Safe(new string('x', 198) + "\uD83D\uDE9A"));
        Assert.StartsWith(new string('x', 99) + ".", NameValue.Safe(new string('x', 99) + "\uD83D\uDE9A/"), StringComparison.Ordinal);
        Assert.NotEqual(NameValue.Safe("\uD83D"), NameValue.Safe("\uD83E"));
    }

    [Fact]
    public void A_value_of_more_than_200_characters_is_cut_and_none_is_longer_for_its_digest()
    {
        Assert.Equal(new string('x', 200), NameValue.Safe(new string('x', 200)));
        Assert.StartsWith(new string('x', 100) + ".", NameValue.Safe(new string('x', 201)), StringComparison.Ordinal);
        Assert.NotEqual(NameValue.Safe(new string('x', 201)), NameValue.Safe(new string('x', 202)));
        Assert.Equal(NameValue.Safe(new string('x', 201)).Length, NameValue.Safe(new string('x', 5_000)).Length);
    }

    private static Result<string> Fill(string text, Ask ask)
    {
        Assert.True(NameTemplate.TryParse(text, BlobName.Problem, out var template, out var problem), problem);
        return template.Fill(ask.Evidence);
    }
}
