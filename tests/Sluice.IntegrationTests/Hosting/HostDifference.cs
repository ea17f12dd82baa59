namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// Why a test can't say the same of both hosts. docs/platform-limits.md has a row for each; a test holds the two together.
/// </summary>
internal enum HostDifference
{
    /// <summary>A body that declares its length is read by the Functions host before the worker is called.</summary>
    DeclaredLengthIsReadFirst,

    /// <summary>The Functions host reads the request's framing, and answers what is broken in it.</summary>
    FramingIsTheHosts,

    /// <summary>The Functions host passes no byte of an answer on before the request's body has ended.</summary>
    AnswerWaitsForBody,

    /// <summary>The Functions host can't pass on bytes in fields that are not ASCII.</summary>
    FieldBytes,

    /// <summary>The Functions host takes request lines of 8 KiB.</summary>
    RequestLine,

    /// <summary>The Functions host's routes have no empty segments.</summary>
    EmptySegments,

    /// <summary>The stand-in speaks HTTP/1.1; HTTP/2 ends at the platform's front end.</summary>
    Http1,

    /// <summary>The Functions host drops interim responses.</summary>
    InterimResponses,
}
