using Sluice.Settings;

namespace Sluice.Resumable;

/// <summary>
/// The names of parts of concatenated uploads (tus). A part is a blob only for the moment in which storage copies it into the whole; it is
/// neither listed nor deleted as if somebody had stored it.
/// </summary>
internal static class PartName
{
    /// <summary>The name of the part that an upload is.</summary>
    /// <param name="upload">The upload's id.</param>
    public static string Of(Guid upload) => $"{ResumableOptions.PartsPrefix}{upload:N}";

    /// <summary>Whether a blob's name is the name of a part.</summary>
    public static bool Is(string name) =>
        name.StartsWith(ResumableOptions.PartsPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(ResumableOptions.PartsPrefix.Length), "N", out _);
}
