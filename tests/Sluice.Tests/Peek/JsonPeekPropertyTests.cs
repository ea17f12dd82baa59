using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

/// <summary>The oracle is <see cref="JsonDocument"/>, which reads whole documents.</summary>
public sealed class JsonPeekPropertyTests
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "a/b", "m~n", "", "0", "1", "é", "🚚", "\"\\\n", "long name of a member");

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Const(default(JsonNode)),
        Gen.Bool.Select(static value => (JsonNode?)JsonValue.Create(value)),
        Gen.Double.Where(double.IsFinite).Select(static value => (JsonNode?)JsonValue.Create(value)),
        Gen.Int.Select(static value => (JsonNode?)JsonValue.Create(value)),
        Name.Select(static value => (JsonNode?)JsonValue.Create(value)));

    private static readonly Gen<JsonNode?> Node = Gen.Recursive<JsonNode?>((depth, node) => depth > 4 ? Leaf : Gen.OneOf(
        Leaf,
        node.Array[0, 4].Select(static items => (JsonNode?)new JsonArray([.. items.Select(static item => item?.DeepClone())])),
        Gen.Select(Name, node).Array[0, 5].Select(static members => (JsonNode?)new JsonObject(members
            .DistinctBy(static member => member.Item1)
            .Select(static member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))))));

    private static readonly Gen<(byte[] Body, JsonPointer Pointer)> Documents =
        Gen.Select(Node, Gen.Bool, Gen.Int[0, 1000], Name, Gen.Int[0, 3]).Select(static (node, indented, which, extra, kind) =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(node, indented ? new() { WriteIndented = true } : JsonSerializerOptions.Default);
            using var document = JsonDocument.Parse(body);
            var all = Pointers(document.RootElement, "").ToList();

            // Most point to something, one in four to something that may not be there.
            var text = all[which % all.Count] + (kind == 0 ? "/" + Escape(extra) : "");
            Assert.True(JsonPointer.TryParse(text, out var pointer));
            return (body, pointer);
        });

    [Fact]
    public void What_is_found_in_a_whole_document_is_what_is_there() => Gen.Select(Documents, Cuts).Sample(static (document, cuts) =>
        Assert.Equal(
            Expected(document.Body, document.Pointer), JsonPeek.Find(Segments(document.Body, cuts), complete: true, document.Pointer)));

    [Fact]
    public void What_is_found_in_a_cut_document_is_what_is_there_and_what_is_there_is_found_or_not_seen() =>
        Gen.Select(Documents, Gen.Int[0, 5000], Cuts).Sample(static (document, at, cuts) =>
        {
            var head = document.Body[..(at % (document.Body.Length + 1))];
            var expected = Expected(document.Body, document.Pointer);
            var finding = JsonPeek.Find(Segments(head, cuts), complete: false, document.Pointer);
            if (finding.Status != JsonPeekStatus.NotSeen)
            {
                Assert.Equal(expected, finding);
            }
        });

    [Fact]
    public void A_larger_window_sees_no_less() =>
        Gen.Select(Documents, Gen.Int[0, 5000], Gen.Int[0, 5000]).Sample(static (document, one, other) =>
        {
            var (body, pointer) = document;
            var windows = ((int[])[one % (body.Length + 1), other % (body.Length + 1)]).Order().ToArray();
            var less = JsonPeek.Find(new(body[..windows[0]]), complete: false, pointer);
            var more = JsonPeek.Find(new(body[..windows[1]]), complete: false, pointer);
            Assert.True(less.Status == JsonPeekStatus.NotSeen || less == more);
        });

    [Fact]
    public void Random_bytes_have_an_answer_that_does_not_depend_on_the_cut() =>
        Gen.Select(Gen.OneOf(Gen.Byte, Gen.OneOf([.. "{}[]\":,\\ 01tfn"u8])).Array[0, 40], Cuts, Gen.Bool, Name)
            .Sample(static (body, cuts, complete, name) =>
            {
                Assert.True(JsonPointer.TryParse("/" + Escape(name), out var pointer));
                Assert.Equal(JsonPeek.Find(new(body), complete, pointer), JsonPeek.Find(Segments(body, cuts), complete, pointer));
            });

    private static Gen<int[]> Cuts => Gen.Int[0, 5000].Array[0, 6];

    private static ReadOnlySequence<byte> Segments(byte[] body, int[] cuts) =>
        SniffSegments.Cut(body, [.. cuts.Select(cut => cut % (body.Length + 1)).Order()]);

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static IEnumerable<string> Pointers(JsonElement element, string at) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().SelectMany(member => Pointers(member.Value, $"{at}/{Escape(member.Name)}")).Prepend(at),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Pointers(item, $"{at}/{index}")).Prepend(at),
        _ => [at],
    };

    private static JsonPeekResult Expected(byte[] body, JsonPointer pointer)
    {
        using var document = JsonDocument.Parse(body);
        var element = document.RootElement;
        foreach (var token in pointer.Tokens)
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(token.Name.Span, out var member))
            {
                element = member;
            }
            else if (element.ValueKind == JsonValueKind.Array && token.Index is { } index && index < element.GetArrayLength())
            {
                element = element[index];
            }
            else
            {
                return new(JsonPeekStatus.Missing);
            }
        }

        return new(JsonPeekStatus.Found, element.ValueKind, element.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array => null,
            JsonValueKind.String => element.GetString(),
            _ => element.GetRawText(),
        });
    }
}
