using System.Buffers;
using System.Text.Json;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>
/// The first bytes of a request body, read without consuming them: <see cref="SluiceUploads"/> still reads the body from its first byte.
/// Code that reads <c>request.Body</c> itself afterwards has to read at least as much at once as was peeked.
/// </summary>
public sealed class BodyPeek
{
    private BodyPeek(Failure? failure, ReadOnlyMemory<byte> firstBytes, bool isWhole, string? mediaType) =>
        (Failure, FirstBytes, IsWhole, MediaType) = (failure, firstBytes, isWhole, mediaType);

    /// <summary>Why the body could not be read: the client left, or sent nothing for too long. Null on success.</summary>
    public Failure? Failure { get; }

    /// <summary>A copy of the first bytes: at most <c>Sluice:Peek:WindowBytes</c> of them.</summary>
    public ReadOnlyMemory<byte> FirstBytes { get; }

    /// <summary>Whether <see cref="FirstBytes"/> holds the whole body.</summary>
    public bool IsWhole { get; }

    /// <summary>The media type detected from the bytes, whatever <c>Content-Type</c> says; null for an empty body.</summary>
    public string? MediaType { get; }

    /// <summary>Finds a value in a JSON body, if it lies within the first bytes.</summary>
    /// <param name="path">The location of the value: a JSON pointer (RFC 6901), for instance <c>/customer/id</c>.</param>
    /// <returns>The text of a string; a number, <c>true</c>, <c>false</c> or <c>null</c> as written; null for anything else, and where
    /// there is no value.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a JSON pointer.</exception>
    public string? JsonText(string path)
    {
        if (!JsonPointer.TryParse(path, out var parsed))
        {
            throw new ArgumentException($"'{path}' is not a JSON pointer (RFC 6901).", nameof(path));
        }

        var found = JsonPeek.Find(new ReadOnlySequence<byte>(FirstBytes), IsWhole, parsed);
        return found is { Status: JsonPeekStatus.Found, Kind: not (JsonValueKind.Object or JsonValueKind.Array) } ? found.Text : null;
    }

    /// <summary>The same as Sluice would read from a body, for a test of code that decides on it.</summary>
    /// <param name="firstBytes">The first bytes.</param>
    /// <param name="isWhole">Whether they are the whole body.</param>
    public static BodyPeek Of(ReadOnlyMemory<byte> firstBytes, bool isWhole) => Of(new ReadOnlySequence<byte>(firstBytes), isWhole);

    internal static BodyPeek Of(ReadOnlySequence<byte> head, bool isWhole) =>
        new(null, head.ToArray(), isWhole, ContentSniffer.Sniff(head, isWhole));

    internal static BodyPeek Of(PeekedUpload seen) => new(null, seen.Head, seen.Result.Complete, seen.Result.MediaType);

    internal static BodyPeek Failed(Failure failure) => new(failure, default, false, null);
}
