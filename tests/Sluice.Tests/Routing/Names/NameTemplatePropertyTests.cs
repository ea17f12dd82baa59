using System.Text.Json;
using CsCheck;
using Sluice.Routing.Names;
using Sluice.Sinks.Blob;

namespace Sluice.Tests.Routing.Names;

public sealed class NameTemplatePropertyTests
{
    private static readonly Gen<string> Nasty = Gen.OneOf(
        Gen.OneOf("..", ".", "/", "\\", "%2F", "%2e", "?", "#", " ", "a", "x/../y", "\0", "\n", "\u0085", "\uFFFE", "🚚", "é"),
        Gen.Char.Select(static c => c.ToString())).Array[0, 12].Select(string.Concat);

    private static readonly Gen<string> Template = Gen.OneOf(
        "{path}", "{id}", "{sha256}", "{date:yyyy/MM/dd}", "{json:/v}", "{header:X}", "{json:/w}", "a", "/", ".", "-", "{{", "}}")
        .Array[1, 8].Select(string.Concat);

    [Fact]
    public void A_value_is_never_a_part_of_its_own_making() => Nasty.Where(static value => value.Length > 0).Sample(static value =>
    {
        var safe = NameValue.Safe(value);
        Assert.DoesNotContain('/', safe);
        Assert.Null(BlobName.Problem(safe));
        Assert.InRange(safe.Length, 1, NameValue.MaxCharacters);
        Assert.Null(BlobName.Problem($"before{safe}/{safe}.x/{safe}after"));
        Assert.Equal(safe, NameValue.Safe(safe));
    });

    [Fact]
    public void A_rule_makes_a_good_name_or_says_why_not() =>
        Gen.Select(Template, Nasty, Nasty, Nasty, Gen.Bool).Sample(static (text, path, json, header, complete) =>
        {
            if (!NameTemplate.TryParse(text, BlobName.Problem, out _, out _))
            {
                return;
            }

            var body = complete ? JsonSerializer.Serialize(new { v = json }) : """{"u":1,""";
            var decision = Rules.Table(Rules.Store("only", blob: text)).Decide(new Ask
            {
                Path = path,
                Headers = new() { ["X"] = header },
                Head = Ask.Body(body),
                Complete = complete,
            });

            if (decision.TryGet(out var decided, out var failure))
            {
                Assert.Null(BlobName.Problem(decided.Store!.Value.Name));
            }
            else
            {
                Assert.Contains(failure.Kind, (FailureKind[])[FailureKind.NameInvalid, FailureKind.NameUnavailable]);
                Assert.True(failure.Kind == FailureKind.NameUnavailable || text.Contains("{path}", StringComparison.Ordinal), failure.Detail);
            }
        });

    [Fact]
    public void Values_add_no_part_to_a_name() => Gen.Select(Template, Nasty, Nasty).Sample(static (text, json, header) =>
    {
        if (!NameTemplate.TryParse(text, BlobName.Problem, out var template, out _))
        {
            return;
        }

        var plain = new Ask { Path = "p", Headers = new() { ["X"] = "x" }, Head = Ask.Body("""{"v":"x","w":"x"}""") };
        var nasty = plain with { Headers = new() { ["X"] = header }, Head = Ask.Body(JsonSerializer.Serialize(new { v = json, w = json })) };
        if (template.Fill(nasty.Evidence).TryGet(out var name, out _))
        {
            Assert.Equal(template.Fill(plain.Evidence).Value().Split('/').Length, name.Split('/').Length);
            Assert.DoesNotContain("..", name.Split('/'));
        }
    });
}
