using System.Text.Json;
using CsCheck;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Routing.Templates;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing.Templates;

public sealed class NameTemplatePropertyTests
{
    private static readonly Gen<string> Nasty = Gen.OneOf(
        Gen.OneOf("..", ".", "/", "\\", "%2F", "%2e", "?", "#", " ", "a", "x/../y", "\0", "\n", "\u0085", "\uFFFE", "🚚", "é"),
        Gen.Char.Select(static c => c.ToString())).Array[0, 12].Select(string.Concat);

    // Long ones too, that differ only in what is cut or replaced.
    private static readonly Gen<string> Sent = Gen.OneOf(
        Gen.OneOf("/", "_", ".", "a", "?").Array[1, 3].Select(string.Concat),
        Gen.OneOf(Gen.Const(new string('x', 198)), Gen.OneOf("a", "/", "_", "🚚", ".")).Array[1, 4].Select(string.Concat));

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
    });

    // What is made of a value is a value too, and the one that somebody would send to be taken for it.
    [Fact]
    public void Equal_pieces_have_equal_values_also_where_one_was_made_of_another() =>
        Gen.Select(Sent, Sent).Sample(static (one, other) =>
        {
            string[] values =
            [
                one, other, NameValue.Safe(one), NameValue.Safe(NameValue.Safe(one)), NameValue.Safe(other), $"{one}{other}"
            ];
            Assert.Equal(values.Distinct().Count(), values.Select(NameValue.Safe).Distinct().Count());
        });

    [Fact]
    public void Different_values_make_different_names_where_a_slash_is_between_them() =>
        Gen.Select(Sent, Sent, Sent, Sent).Sample(static (json, header, otherJson, otherHeader) =>
        {
            (string Json, string Header)[] sent =
            [
                (json, header), (otherJson, otherHeader), (NameValue.Safe(json), header), (json, NameValue.Safe(header)),
                (NameValue.Safe(NameValue.Safe(json)), NameValue.Safe(header)),
            ];
            Assert.True(NameTemplate.TryParse("in/{json:/v}/{header:X}.json", BlobName.Problem, out var template, out _));
            var made = sent.Where(static values => !string.IsNullOrWhiteSpace(values.Json) && !string.IsNullOrWhiteSpace(values.Header))
                .Select(values => (values, Name: template.Fill(new Ask
                {
                    Headers = new() { ["X"] = values.Header },
                    Head = Ask.Body(JsonSerializer.Serialize(new { v = values.Json }))
                }.Evidence).Value()))
                .ToList();
            Assert.Equal(made.Select(static one => one.values).Distinct().Count(), made.Select(static one => one.Name).Distinct().Count());
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
                Assert.True(
                    failure.Kind == FailureKind.NameUnavailable || text.Contains("{path}", StringComparison.Ordinal), failure.Detail);
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
        var nasty = plain with
        {
            Headers = new() { ["X"] = header },
            Head = Ask.Body(JsonSerializer.Serialize(new { v = json, w = json }))
        };
        if (template.Fill(nasty.Evidence).TryGet(out var name, out _))
        {
            Assert.Equal(template.Fill(plain.Evidence).Value().Split('/').Length, name.Split('/').Length);
            Assert.DoesNotContain("..", name.Split('/'));
        }
    });
}
