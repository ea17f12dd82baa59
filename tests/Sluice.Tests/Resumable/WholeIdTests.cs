using Sluice.Resumable;
using Sluice.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>The id of an upload that is made of parts says which parts, and nothing else does.</summary>
public sealed class WholeIdTests
{
    private static readonly UploadTicket[] Parts = [Part(), Part(), Part()];

    private static readonly BlobTarget Target = new("inbox", "a");

    [Fact]
    public void The_same_request_has_the_same_id_whatever_else_is_known_of_its_parts() =>
        Assert.Equal(
            WholeId.Of(Parts, Target, "m"),
            WholeId.Of([.. Parts.Select(static part => part with { Length = 7, Metadata = "x" })], Target, "m"));

    [Fact]
    public void Other_parts_another_order_another_name_or_other_metadata_have_another_id()
    {
        Guid[] ids =
        [
            WholeId.Of(Parts, Target, "m"),
            WholeId.Of([Parts[1], Parts[0], Parts[2]], Target, "m"),
            WholeId.Of(Parts[..2], Target, "m"),
            WholeId.Of([.. Parts, Parts[2]], Target, "m"),
            WholeId.Of([Part(), .. Parts[1..]], Target, "m"),
            WholeId.Of(Parts, new("outbox", "a"), "m"),
            WholeId.Of(Parts, new("inbox", "am"), ""),
            WholeId.Of(Parts, new("inboxa", ""), "m"),
            WholeId.Of(Parts, Target, null),
            .. Parts.Select(static part => part.Id),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static UploadTicket Part() =>
        new()
        {
            Id = Guid.NewGuid(),
            Target = new("inbox", "partial-uploads/x"),
            Expires = DateTimeOffset.UnixEpoch,
            Role = UploadRole.Part
        };
}
