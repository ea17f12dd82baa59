namespace Sluice.Storage;

/// <summary>Parses an answer of storage as it arrives, in place of the SDK client (<see cref="StreamedAnswers"/>).</summary>
internal interface IStreamedAnswer
{
    /// <summary>What the SDK client gets instead: a document of the same kind, without entries.</summary>
    BinaryData Substitute { get; }

    /// <summary>Reads an answer of status 200 to its end.</summary>
    /// <param name="content">Its content.</param>
    /// <param name="now">Storage's clock when it answered, to the second.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="IOException">The content has no end, or is not what was requested.</exception>
    ValueTask ReadAsync(Stream content, DateTimeOffset now, CancellationToken cancellationToken);
}
