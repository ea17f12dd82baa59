using System.Text.RegularExpressions;

namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>A request that breaks HTTP, or comes close to it.</summary>
/// <param name="What">What is wrong with it, for messages.</param>
/// <param name="Name">The only name that it may store anything under.</param>
/// <param name="Text">All of it, one character a byte.</param>
/// <param name="Body">Its whole body in the only reading in which it is a request.</param>
internal sealed partial record MalformedRequest(string What, string Name, string Text, string Body)
{
    /// <summary>
    /// Whether a line feed alone, which a server may take for the end of a line (RFC 9112, section 2.2), ends the head before its length:
    /// then there is no body.
    /// </summary>
    public bool MayHaveNoBody => EarlyEnd().IsMatch(Text);

    [GeneratedRegex("[^\\r]\\n\\r?\\n|\\r\\n\\n")]
    private static partial Regex EarlyEnd();
}
