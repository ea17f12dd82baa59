using CsCheck;
using Sluice.Digests;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>Any ticket that an upload can have.</summary>
internal static class Tickets
{
    private static readonly Gen<string> Text = Gen.Char["aZ09 ;=\"/\u00fc\u20ac\u0416"].Array[0, 60]
        .Select(static letters => new string(letters));

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Const((string?)null), Text.Select(static text => (string?)text));

    private static readonly Gen<Digest> Digest = Gen.Byte.Array[DigestAlgorithm.Sha256.Bytes]
        .Select(static bytes => new Digest(DigestAlgorithm.Sha256, bytes));

    private static readonly Gen<BlobFeatures> Features = Gen.OneOf(Gen.Const(BlobFeatures.None), Gen.Select(
        Maybe, Gen.Dictionary(Text, Text)[0, 3], Gen.Dictionary(Text, Gen.Enum<SeenTag>())[0, 2],
        Gen.Int[0, 146_000], Gen.Select(Gen.Enum<ImmutabilityMode>(), Gen.Bool),
        static (tier, tags, seen, days, holds) => new BlobFeatures
        {
            Tier = tier,
            Tags = tags,
            SeenTags = seen,
            ImmutableDays = days == 0 ? null : days,
            ImmutabilityMode = holds.Item1,
            LegalHold = holds.Item2,
        }));

    private static readonly Gen<BlobProperties> Properties = Gen.Select(
        Maybe, Maybe, Maybe, Gen.Select(Maybe, Maybe, Features),
        Gen.Dictionary(Gen.Char["abcxyz_"].Array[1, 9].Select(static letters => new string(letters)), Text)[0, 4],
        static (type, encoding, language, others, metadata) => new BlobProperties
        {
            ContentType = type,
            ContentEncoding = encoding,
            ContentLanguage = language,
            ContentDisposition = others.Item1,
            CacheControl = others.Item2,
            Features = others.Item3,
            Metadata = metadata,
        });

    private static Gen<long?> MaybeLength { get; } =
        Gen.OneOf(Gen.Const((long?)null), Gen.Long[0, long.MaxValue].Select(static length => (long?)length));

    public static Gen<UploadTicket> Any { get; } = Gen.Select(
        Gen.Select(Gen.Guid, Text, Text), Gen.Long[0, 253_402_300_799],
        Gen.Select(Gen.Enum<UploadDialect>(), Gen.Bool, Gen.Enum<UploadRole>()),
        Gen.Select(MaybeLength, MaybeLength), Gen.Select(Maybe, Maybe, Maybe),
        Gen.Select(Properties, Digest.Null()),
        static (named, expires, said, length, texts, kept) => new UploadTicket
        {
            Id = named.Item1,
            Target = new BlobTarget(named.Item2, named.Item3),
            Expires = DateTimeOffset.FromUnixTimeSeconds(expires),
            Dialect = said.Item1,
            CreateOnly = said.Item2,
            Role = said.Item3,
            Length = length.Item1,
            MaxBytes = length.Item2,
            Metadata = texts.Item1,
            IfMatch = texts.Item2,
            Owner = texts.Item3,
            Properties = kept.Item1,
            Sha256 = kept.Item2,
        });

    /// <summary>The same, to the last digest.</summary>
    public static void AssertEqual(UploadTicket expected, UploadTicket? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(
            expected.Properties.Metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            actual.Properties.Metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
        var (wanted, features) = (expected.Properties.Features, actual.Properties.Features);
        Assert.Equal(
            wanted.Tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal),
            features.Tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal));
        Assert.Equal(
            wanted.SeenTags.OrderBy(static tag => tag.Key, StringComparer.Ordinal),
            features.SeenTags.OrderBy(static tag => tag.Key, StringComparer.Ordinal));
        Assert.Equal(wanted with { Tags = features.Tags, SeenTags = features.SeenTags }, features);
        Assert.Equal(expected.Properties with { Metadata = actual.Properties.Metadata, Features = features }, actual.Properties);
        Assert.Equal(expected.Sha256?.Base64, actual.Sha256?.Base64);
        Assert.Equal(expected with { Properties = actual.Properties, Sha256 = actual.Sha256 }, actual);
    }
}
