using System.Globalization;
using CsCheck;
using Sluice.Digests;
using Sluice.Tests.Memory;

namespace Sluice.Tests.Digests;

/// <summary>Whatever is written by the rules is read back; whatever else comes never throws, and never gives half a dictionary.</summary>
public sealed class StructuredDictionaryPropertyTests
{
    private static readonly Gen<string> Key = Gen.Select(
        Gen.Char["abcxyz*"], Gen.Char["abz019_-.*"].Array[0, 6], static (first, rest) => first + new string(rest));

    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 70];

    private static readonly Gen<long> Integer = Gen.Long[-999_999_999_999_999, 999_999_999_999_999];

    private static readonly Gen<(string Text, StructuredItem Item)> Value = Gen.OneOf(
        Bytes.Select(static bytes => ($":{Convert.ToBase64String(bytes)}:", new StructuredItem(bytes))),
        Integer.Select(static value => (value.ToString(CultureInfo.InvariantCulture), new StructuredItem(Integer: value))),
        Gen.OneOf("?1", "?0", "tok/en:x", "\"a \\\" b\"", "1.5", "-0.125", "@-1", "%\"%e2%82%ac\"", "()", "(1 :AA==:;p \"s\");q")
            .Select(static text => (text, default(StructuredItem))));

    private static readonly Gen<string> Parameters = Gen.OneOf("", ";x", ";x=1", ";  x=:AA==:;y=\"z\"", ";a=?0;a=tok");

    private static readonly Gen<string> Comma = Gen.OneOf(",", ", ", " ,", "\t,\t", "  ,  ");

    [Fact]
    public void What_was_written_is_read() =>
        Gen.Select(Gen.Select(Key, Value, Parameters, Comma).Array[1, 6], Gen.Int[0, 6]).Sample(static (members, cut) =>
        {
            var (head, tail) = (members.Take(cut % members.Length).ToList(), members.Skip(cut % members.Length).ToList());
            string?[] lines = head.Count > 0 ? [Write(head), Write(tail)] : [Write(tail)];

            Assert.True(StructuredDictionary.TryParse(lines, out var read));

            var expected = new Dictionary<string, StructuredItem>();
            foreach (var (key, value, _, _) in members)
            {
                expected[key] = value.Item;
            }

            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
            Assert.All(read, member => Assert.Equal(expected[member.Key].Bytes, member.Value.Bytes));
            Assert.All(read, member => Assert.Equal(expected[member.Key].Integer, member.Value.Integer));
        });

    [Fact]
    public void Any_text_is_read_or_refused_and_one_that_is_read_may_have_spaces_around_it() =>
        Gen.Char["ab=,;:()\"?@%*-.01Q/ \t\\ü\u0000"].Array[0, 24].Select(static letters => new string(letters)).Sample(static text =>
        {
            var parsed = StructuredDictionary.TryParse([text], out _);

            Assert.Equal(parsed, StructuredDictionary.TryParse([$" {text} "], out _));
        }, iter: 20_000);

    [Fact]
    public void A_dictionary_with_one_letter_of_a_value_lost_in_control_characters_is_none() =>
        Gen.Select(Gen.Select(Key, Value, Parameters, Comma).Array[1, 4], Gen.Int[0, 200], Gen.OneOf('\0', '\r', '\n', '\u007f', 'ü'))
            .Sample(static (members, at, letter) =>
            {
                var text = Write([.. members]);

                Assert.False(StructuredDictionary.TryParse([text.Insert(at % (text.Length + 1), $"{letter}")], out _));
            });

    private static string Write(List<(string Key, (string Text, StructuredItem) Value, string Parameters, string Comma)> members) =>
        string.Concat(
            members.Select((member, at) => $"{(at == 0 ? "" : member.Comma)}{member.Key}={member.Value.Text}{member.Parameters}"));
}
